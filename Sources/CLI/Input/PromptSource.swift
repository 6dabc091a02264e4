/// Where a prompt comes from.
enum PromptSource: Equatable {
    case argument([UInt8])
    case file([UInt8])
    case standardInput
    case tokens([Int])
    case tokensFile([UInt8])
    case tokensInput

    /// A file of text by its name; `-` is standard input.
    static func named(_ path: [UInt8]) -> PromptSource {
        path.elementsEqual("-".utf8) ? .standardInput : .file(path)
    }

    /// A file of token IDs by its name; `-` is standard input.
    static func tokensNamed(_ path: [UInt8]) -> PromptSource {
        path.elementsEqual("-".utf8) ? .tokensInput : .tokensFile(path)
    }

    /// Whether it takes standard input.
    var readsInput: Bool { self == .standardInput || self == .tokensInput }

    /// Whether it gives token IDs instead of text.
    var isTokens: Bool {
        switch self {
        case .argument, .file, .standardInput: false
        case .tokens, .tokensFile, .tokensInput: true
        }
    }
}
