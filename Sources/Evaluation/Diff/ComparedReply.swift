public import API
public import JSON
import Logprobs

/// A saved response, read whole to be compared.
public struct ComparedReply: Sendable {
    /// One choice.
    public struct Choice: Sendable {
        /// The text, UTF-8.
        public let text: [UInt8]
        /// The text when it holds a surrogate without its partner, each as three bytes; else nil.
        public let brokenText: [UInt8]?
        /// Why it ended; nil if the response does not say.
        public let finishReason: String?
        /// With log probabilities; none when the response has none.
        public let tokens: [TokenLogprob]
        /// nil if the response does not report them.
        public let ids: [Int]?

        /// The text, kept apart from every other.
        public var exactText: [UInt8] { brokenText ?? text }

        /// The ID of one of ``tokens``; nil if the response does not report it.
        public func id(ofToken place: Int) -> Int? {
            tokens[place].id ?? ids.flatMap { $0.count == tokens.count ? $0[place] : nil }
        }
    }

    /// The response, or what a stream gathers to.
    public let document: JSONDocument
    /// By index.
    public let choices: [Int: Choice]
    /// How many likely tokens were requested at each place, as far as the response shows.
    public let topCount: Int?

    /// Reads a complete response.
    public init(_ reply: CompletionChunk) {
        document = reply.document
        var choices: [Int: Choice] = [:]
        for choice in reply.choices {
            choices[choice.index] = Choice(
                text: choice.text, brokenText: choice.source["text"]?.brokenStringBytes,
                finishReason: choice.finishReason, tokens: choice.tokens, ids: choice.tokenIDs)
        }
        self.choices = choices
        var record = CompletionRecord(keeping: InferredRequest.details)
        record.note(reply)
        topCount = InferredRequest(record).topCount()
    }
}
