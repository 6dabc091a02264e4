import API
import Logprobs
import Platform
import Rendering

/// Writes a saved response as `complete` would have written it.
struct ShowSession {
    /// No more chunks are held.
    private static let mostHeld = 64

    private let reply: SavedReply
    private let options: ShowOptions
    private let output: Output
    private let process: ProcessContext
    private var renderer: (any Renderer)?
    /// Chunks before the first that says anything, and so shows how the response was requested.
    private var held: [CompletionChunk] = []
    /// Rendered and not yet written.
    private var pending: [UInt8] = []
    private var isStream = false
    /// What was seen of the completion.
    private(set) var record: CompletionRecord

    init(_ reply: SavedReply, _ options: ShowOptions, to output: Output, _ process: ProcessContext) {
        self.reply = reply
        self.options = options
        self.output = output
        record = options.checks.makeRecord()
        self.process = process
    }

    /// Reads and writes all of it.
    ///
    /// - Throws: ``Failure`` when there is no complete response; what came of a stream is written then.
    mutating func run() throws(Failure) {
        record.progress = try reply.read { events throws(Failure) in
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
            record.note(chunk)
            guard renderer == nil else {
                renderer?.render(chunk, to: &pending)
                return
            }
            held.append(chunk)
            if Self.saysAnything(chunk) || held.count == Self.mostHeld { try begin() }
        case .end:
            try begin()
            renderer?.finish(isWhole: true, to: &pending)
            try output.flush(&pending)
        case .failure(let error):
            try begin()
            renderer?.finish(isWhole: false, to: &pending)
            try output.flush(&pending)
            throw .saved(reply.label, error)
        }
    }

    /// Renders what was held, unless rendering has begun or there is nothing.
    private mutating func begin() throws(Failure) {
        guard renderer == nil, !held.isEmpty else { return }
        var made = options.output.format.makeRenderer(try context(held))
        for chunk in held { made.render(chunk, to: &pending) }
        (renderer, held) = (made, [])
    }

    private static func saysAnything(_ chunk: CompletionChunk) -> Bool {
        chunk.isWholeReply
            || chunk.choices.contains {
                !$0.text.isEmpty || $0.finishReason != nil || !$0.tokens.isEmpty || $0.tokenIDs?.isEmpty == false
            }
    }

    /// What the renderer may know, given the first chunks: all that a file shows, or what they do.
    private func context(_ first: [CompletionChunk]) throws(Failure) -> RenderContext {
        var record = CompletionRecord(keeping: InferredRequest.details)
        for chunk in first { record.note(chunk) }
        var request = InferredRequest(record)
        let whole = first.contains(where: \.isWholeReply) ? request : try reply.inferredRequest()
        request = whole ?? request
        var context = options.output.context(for: output, process)
        context.choiceCount = request.choiceCount
        context.choicesPerPrompt = request.choicesPerPrompt
        context.topCount = request.topCount(implied: options.output.format.impliedLogprobs)
        context.showsTokenIDs = request.showsTokenIDs
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
