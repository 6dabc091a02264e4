import API
import Logprobs
import Platform
import Rendering

/// Writes a saved response as `complete` would have written it.
struct ShowSession {
    /// No more chunks are held.
    private static let mostHeld = 64
    /// In bytes: more output does not wait for the file's end, which may show that the request was another one. Then the file
    /// is read twice.
    private static let mostWaiting = 32 << 20

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
    /// What has come shows of the request, while what is to come may show more; nil once that is known.
    private var seen: CompletionRecord?
    /// What the renderer was made for.
    private var assumed: InferredRequest?
    /// What the whole file shows, where that was looked for.
    private var whole: InferredRequest?
    /// Whether the whole file shows another request than the renderer was made for.
    private var isMistaken = false

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
        var progress = try read()
        if isMistaken {
            // Nothing was written. What the file shows is known now.
            (renderer, held, pending, isMistaken) = (nil, [], [], false)
            record = options.checks.makeRecord()
            progress = try read()
        }
        record.progress = progress
    }

    private mutating func read() throws(Failure) -> ReplyProgress {
        try reply.read { events throws(Failure) in
            for event in events where !isMistaken { try take(event) }
            if seen != nil, pending.count > Self.mostWaiting { confirm(try reply.inferredRequest(details)) }
            // A pipe may be a stream that is still coming.
            if isStream, seen == nil, !isMistaken { try output.flush(&pending) }
            return !isMistaken
        }
    }

    /// What shows how a response was requested, as far as the format depends on it.
    private var details: CompletionRecord.Details {
        options.output.format.impliedLogprobs == nil ? .tokenIDs : InferredRequest.details
    }

    /// Compares what the whole file shows with what the renderer was made for.
    private mutating func confirm(_ whole: InferredRequest?) {
        guard let whole, let assumed else { return }
        (seen, self.assumed, self.whole) = (nil, nil, whole)
        isMistaken = !assumed.isSame(as: whole, implied: options.output.format.impliedLogprobs)
    }

    private mutating func take(_ event: ReplyEvent) throws(Failure) {
        switch event {
        case .chunk(let chunk):
            isStream = !chunk.isWholeReply
            record.note(chunk)
            seen?.note(chunk)
            guard renderer == nil else {
                renderer?.render(chunk, to: &pending)
                return
            }
            held.append(chunk)
            if Self.saysAnything(chunk) || held.count == Self.mostHeld { try begin() }
        case .end: try finish(isWhole: true)
        case .failure(let error):
            try finish(isWhole: false)
            if !isMistaken { throw .saved(reply.label, error) }
        }
    }

    private mutating func finish(isWhole: Bool) throws(Failure) {
        try begin()
        if let seen { confirm(InferredRequest(seen)) }
        guard !isMistaken else { return }
        let output = output
        var (rest, failure) = (pending, Failure?.none)
        pending = []
        renderer?.finish(isWhole: isWhole, to: &rest) { piece in
            do throws(Failure) {
                try output.flush(&piece)
            } catch {
                failure = error
            }
            return failure == nil
        }
        renderer = nil
        if let failure { throw failure }
        try output.flush(&rest)
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
    private mutating func context(_ first: [CompletionChunk]) throws(Failure) -> RenderContext {
        var record = CompletionRecord(keeping: details)
        for chunk in first { record.note(chunk) }
        let request = whole ?? InferredRequest(record)
        let isFile = reply.isFile || first.contains(where: \.isWholeReply)
        if whole == nil, isStream, reply.isFile, options.output.format.dependsOnRequest {
            (seen, assumed) = (record, request)
        }
        var context = options.output.context(for: output, process)
        context.choiceCount = request.choiceCount
        context.choicesPerPrompt = request.choicesPerPrompt
        context.topCount = request.topCount(implied: options.output.format.impliedLogprobs)
        context.showsTokenIDs = request.showsTokenIDs
        // How many choices are still to come is not known.
        if !isFile { context.choicesPerPrompt = nil }
        if let asked = options.topCount { context.topCount = asked }
        if let asked = options.choicesPerPrompt {
            context.choicesPerPrompt = asked
            context.choiceCount = max(context.choiceCount, asked)
        }
        return context
    }
}
