public import API
import JSON

/// The prompts that the server was to return before each completion.
public struct EchoedPrompts: Sendable {
    /// How the end of a prompt is known.
    public enum Extent: Equatable, Sendable {
        /// By its text.
        case text([UInt8])
        /// By the count of its tokens.
        case tokens(Int)
    }

    private var extents: [Extent] = []
    /// How many choices in a row belong to one prompt.
    private var choicesEach = 1

    /// No prompt is given back.
    public init() {}

    /// Those of a request.
    public init(_ request: CompletionRequest) {
        guard request.echoesPrompt else { return }
        extents =
            switch request.prompt {
            case .text(let text): [.text(text)]
            case .texts(let texts): texts.map(Extent.text)
            case .tokens(let ids): [.tokens(ids.count)]
            case .tokenLists(let lists): lists.map { .tokens($0.count) }
            }
        choicesEach = max(1, request.choiceCount / max(1, extents.count))
    }

    /// Whether there are none.
    public var isEmpty: Bool { extents.isEmpty }

    /// The text that comes back before a choice; nil when none does, or its tokens are all that is known.
    public func text(ofChoice index: Int) -> [UInt8]? {
        if case .text(let text)? = self[index] { text } else { nil }
    }

    /// That of a choice; nil when none is known.
    public subscript(choice: Int) -> Extent? {
        let place = choice / choicesEach
        return choice >= 0 && place < extents.count ? extents[place] : nil
    }
}
