import API
import JSON
import Rendering

/// A saved reply, read whole to be compared.
struct ComparedReply {
    /// One choice.
    struct Choice {
        let text: [UInt8]
        /// The text when it holds a surrogate without its partner, each as three bytes; else nil.
        let brokenText: [UInt8]?
        let finishReason: String?
        /// With log probabilities; none when the reply has none.
        let tokens: [TokenLogprob]
        /// nil when the reply does not tell them.
        let ids: [Int]?

        /// The text, told apart from every other.
        var exactText: [UInt8] { brokenText ?? text }

        /// The ID of one of ``tokens``; nil when the reply does not tell it.
        func id(ofToken place: Int) -> Int? {
            tokens[place].id ?? ids.flatMap { $0.count == tokens.count ? $0[place] : nil }
        }
    }

    /// The reply, or what a stream gathers to.
    let document: JSONDocument
    /// By index.
    let choices: [Int: Choice]
    /// How many likely tokens were asked for at each place, as far as the reply shows.
    let topCount: Int?

    /// Reads it.
    ///
    /// - Throws: ``Failure`` when there is no whole answer.
    init(_ reply: SavedReply) throws(Failure) {
        let chunk = try Self.gather(reply)
        document = chunk.document
        var choices: [Int: Choice] = [:]
        for choice in chunk.choices {
            choices[choice.index] = Choice(
                text: choice.text, brokenText: choice.source["text"]?.brokenStringBytes,
                finishReason: choice.finishReason, tokens: choice.tokens, ids: choice.tokenIDs)
        }
        self.choices = choices
        var survey = ReplySurvey()
        survey.note(chunk)
        var context = RenderContext()
        survey.tell(&context)
        topCount = context.topCount
    }

    private static func gather(_ reply: SavedReply) throws(Failure) -> CompletionChunk {
        var gatherer = StreamGatherer()
        var whole: CompletionChunk?
        try reply.read { events throws(Failure) in
            for event in events {
                switch event {
                case .chunk(let chunk):
                    if chunk.isWholeReply { whole = chunk } else { gatherer.add(chunk) }
                case .end: break
                case .failure(let error): throw .saved(reply.thing, error)
                }
            }
            return true
        }
        if let whole { return whole }
        do throws(ReplyError) {
            return try gatherer.wholeReply()
        } catch {
            throw .saved(reply.thing, error)
        }
    }
}
