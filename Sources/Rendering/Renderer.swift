public import API
public import Logprobs
public import Platform

/// Turns chunks into output. It does no I/O of its own: what it appends is written by its caller.
public protocol Renderer {
    /// Appends what can be written once this chunk has come.
    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8])

    /// Appends what is left.
    ///
    /// - Parameter isWhole: false when the response was truncated; then only what came may be written, never a document
    ///   that looks whole.
    mutating func finish(isWhole: Bool, to output: inout [UInt8])

    /// Appends what is left piece by piece, so that a large output need not be in memory at once.
    ///
    /// - Parameters:
    ///   - isWhole: as above.
    ///   - flush: takes what is in the output and empties it, now and then; false when no more is wanted. What is in the output
    ///     at the end is the last piece.
    mutating func finish(isWhole: Bool, to output: inout [UInt8], flush: OutputFlush)
}

extension Renderer {
    /// For a renderer of which never much is left.
    public mutating func finish(isWhole: Bool, to output: inout [UInt8], flush: OutputFlush) {
        finish(isWhole: isWhole, to: &output)
    }
}

/// What a renderer may know of the command and of where its output goes.
public struct RenderContext: Sendable {
    /// How choices are separated in text.
    public enum Separator: Sendable {
        /// A heading line above each, when there are several.
        case heading
        /// A NUL after each.
        case nul
        /// A newline after each.
        case newline
    }

    /// How a JSON document is laid out.
    public enum Layout: Sendable {
        /// As it was received.
        case received
        case pretty
        case compact
    }

    /// The request; nil when that is not known.
    public var request: CompletionRequest?
    /// How many choices were requested.
    public var choiceCount = 1
    /// How many choices were requested for each prompt; nil when that is not known.
    public var choicesPerPrompt: Int? = 1
    /// How many alternatives were requested per token; nil when none.
    public var topCount: Int?
    /// The size of the model's vocabulary; nil when it is not known.
    public var vocabularySize: Int?
    /// Whether token IDs were requested, which then stand for the text.
    public var showsTokenIDs = false
    /// The prompts that come back before the completions.
    public var echoedPrompts = EchoedPrompts()
    /// Whether the output is a terminal.
    public var isTerminal = false
    /// Whether a terminal gets the model's control characters as they are.
    public var isRaw = false
    /// What the output shows besides plain characters.
    public var color = ColorSupport.plain
    /// The terminal's columns; nil for no limit.
    public var width: Int?
    /// How choices are separated in text.
    public var separator = Separator.heading
    /// Whether text ends with a newline also where it came without; at a terminal it does in any case.
    public var endsLine = false
    /// How a JSON document is laid out.
    public var layout = Layout.received

    /// The columns of a table of tokens; nil to choose those that fit.
    public var columns: [TokenColumn]?

    /// In bytes: as much of a prompt names it.
    private static let longestPromptName = 120

    /// One choice, to a pipe, as received.
    public init() {}

    /// The statistics of the tokens of such a response.
    func makeEntries() -> TokenEntries {
        TokenEntries(topCount: topCount, vocabularySize: vocabularySize, showsTokenIDs: showsTokenIDs)
    }

    /// Which prompt a choice is of, from 0: each one's choices come together, so the first is of the first in any case. nil
    /// when that is not known.
    func prompt(ofChoice index: Int) -> Int? {
        Self.prompt(ofChoice: index, choicesPerPrompt: choicesPerPrompt)
    }

    /// The same by the number of choices of each prompt, which is nil when that is not known.
    static func prompt(ofChoice index: Int, choicesPerPrompt: Int?) -> Int? {
        index == 0 ? 0 : choicesPerPrompt.flatMap { $0 > 0 ? index / $0 : nil }
    }

    /// What heads a choice in a document, with its prompt where there are several.
    func title(ofChoice index: Int) -> String {
        guard let each = choicesPerPrompt, choiceCount > each, let prompt = prompt(ofChoice: index) else {
            return "Choice \(index)"
        }
        return "Choice \(index), prompt \(prompt)"
    }

    /// What stands above a choice in text, with the prompt that it belongs to where there are several and they are known.
    func heading(ofChoice index: Int) -> String {
        guard request != nil, let each = choicesPerPrompt, choiceCount > each, let prompt = prompt(ofChoice: index)
        else {
            return "choice \(index)"
        }
        let room = min(40, max(10, (width ?? 80) - 30))
        let name = promptText(ofChoice: index).map { ": \"" + Columns.fit($0, into: room) + "\"" } ?? ""
        return "choice \(index), prompt \(prompt)\(name)"
    }

    /// The beginning of the text prompt that a choice belongs to, on one line; nil when it is not known, or is no text.
    func promptText(ofChoice index: Int) -> String? {
        guard let place = prompt(ofChoice: index), case .texts(let texts)? = request?.prompt, place < texts.count else {
            return nil
        }
        let beginning = Array(texts[place].prefix(Self.longestPromptName))
        let whole = beginning.dropLast(UTF8Sequence.openLength(atEndOf: beginning))
        return VisibleText.escape(whole) + (whole.count < texts[place].count ? "\u{2026}" : "")
    }
}
