import Client
import Flags
import JSON

/// What the command line of `complete` says: plain data, nothing looked up, nothing read.
struct Invocation: FieldReceiver {
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

    var prompts: [PromptSource] = []
    /// Whether all of them are parts of one prompt.
    var joinsPrompts = false
    /// Whether standard input is left alone, without a note.
    var ignoresInput = false
    var allowsEmptyPrompt = false
    var dropsFinalNewline = false
    /// Whether prompts and stops on the command line hold escapes.
    var readsEscapes = false
    var model: [UInt8] = []
    /// The body fields that were set, by name.
    var fields: [String: JSONValue] = [:]
    /// Fields given as JSON, in order.
    var extraFields: [BodyField] = []
    /// nil when neither --stream nor --no-stream was given.
    var streams: Bool?
    var output = OutputOptions()
    var checks = AnswerChecks()
    var connection = ConnectionOptions()
    var encoding = Payload.Encoding.json
    var compression = Payload.Compression.auto
    /// What is printed in place of sending the request; nil to send it.
    var preview: Preview.Kind?
    var isVerbose = false

    /// Adds a token's bias, in place of an earlier one.
    mutating func add(_ bias: LogitBias) {
        var members: [JSONMember] = []
        if case .object(let known)? = fields["logit_bias"] { members = known }
        let member = JSONMember(String(bias.id), .double(bias.bias))
        members.removeAll { $0.key == member.key }
        fields["logit_bias"] = .object(members + [member])
    }

    mutating func receive(_ scalar: Scalar, field: String, isListElement: Bool) {
        let value = JSONValue(scalar)
        if isListElement, case .array(let list)? = fields[field] {
            fields[field] = .array(list + [value])
        } else {
            fields[field] = isListElement ? .array([value]) : value
        }
    }
}

extension JSONValue {
    /// A flag's value as a field's.
    fileprivate init(_ scalar: Scalar) {
        switch scalar {
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .double(value)
        case .text(let bytes): self = .string(bytes)
        }
    }
}
