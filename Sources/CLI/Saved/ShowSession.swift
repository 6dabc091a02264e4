import API
import Rendering

/// Writes a saved reply as `complete` would have written it.
struct ShowSession {
    private let reply: SavedReply
    private let options: ShowOptions
    private let output: Output
    private let surroundings: Surroundings
    private var renderer: (any Renderer)?
    /// Rendered and not yet written.
    private var pending: [UInt8] = []
    private var isStream = false
    /// What was seen of the answer as a whole.
    private(set) var summary: AnswerSummary

    init(_ reply: SavedReply, _ options: ShowOptions, to output: Output, _ surroundings: Surroundings) {
        self.reply = reply
        self.options = options
        self.output = output
        summary = AnswerSummary(options.checks)
        self.surroundings = surroundings
    }

    /// Reads and writes all of it.
    ///
    /// - Throws: ``Failure`` when there is no whole answer; what came of a stream is written then.
    mutating func run() throws(Failure) {
        try reply.read { events throws(Failure) in
            for event in events { try take(event) }
            // A pipe may be a stream that is still coming.
            if isStream { try output.flush(&pending) }
            return true
        }
    }

    private mutating func take(_ event: ReplyEvent) throws(Failure) {
        switch event {
        case .chunk(let chunk):
            isStream = !chunk.isWholeReply
            summary.note(chunk)
            if renderer == nil { renderer = options.output.format.makeRenderer(try context(chunk)) }
            renderer?.render(chunk, to: &pending)
        case .end:
            renderer?.finish(isWhole: true, to: &pending)
            try output.flush(&pending)
        case .failure(let error):
            if isStream { renderer?.finish(isWhole: false, to: &pending) }
            try output.flush(&pending)
            throw .saved(reply.thing, error)
        }
    }

    /// What the renderer may know, given the first chunk: all that a file shows, or what the chunk does.
    private func context(_ first: CompletionChunk) throws(Failure) -> RenderContext {
        var survey = ReplySurvey()
        survey.note(first)
        let whole = first.isWholeReply ? survey : try reply.survey()
        survey = whole ?? survey
        var context = options.output.context(for: output, surroundings)
        survey.tell(&context, implied: options.output.format.impliedLogprobs)
        // How many choices are still to come is not known.
        if whole == nil { context.choicesPerPrompt = nil }
        if let asked = options.topCount { context.topCount = asked }
        if let asked = options.choicesPerPrompt {
            context.choicesPerPrompt = asked
            context.choiceCount = max(context.choiceCount, asked)
        }
        return context
    }
}
