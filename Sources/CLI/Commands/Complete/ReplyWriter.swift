import API
import Client
import Logprobs
import Platform
import Rendering

/// Renders a completion as it comes, and writes it: as it comes, too, if it is streamed, else at its end.
struct ReplyWriter: ReplySink {
    /// How much of what is rendered waits at most for something of the completion to come.
    private static let heldOutput = 64 << 10

    private let output: Output
    private let streams: Bool
    /// Whether the format or the checks keep the whole of it in memory.
    private let keepsReply: Bool
    /// Nil once it has finished.
    private var renderer: (any Renderer)?
    /// Rendered and not yet written.
    private var pending: [UInt8] = []
    private var hasWritten = false
    /// What was seen of the completion, as far as checks and notes need it.
    private(set) var record: CompletionRecord
    /// Why it could not be written; nil while all is well.
    private(set) var failure: Failure?

    /// A writer for an attempt.
    init(_ plan: DisplayPlan, to output: Output) {
        self.output = output
        streams = plan.streams
        keepsReply = plan.format.keepsReply || !plan.checks.expectations.isEmpty
        renderer = plan.format.makeRenderer(plan.context)
        record = plan.checks.makeRecord(echoing: plan.echoedPrompts)
    }

    var isClosed: Bool { failure != nil }

    mutating func take(_ chunk: CompletionChunk) {
        record.note(chunk)
        renderer?.render(chunk, to: &pending)
    }

    /// Until something of the completion has come another attempt may take this one's place.
    mutating func pause(hasOutput: Bool) {
        if streams, hasOutput || pending.count > Self.heldOutput { flush() }
    }

    mutating func finish(isWhole: Bool, _ progress: ReplyProgress) {
        record.progress = progress
        // Taken out, since what writes for the renderer can't be changed with it.
        guard var renderer else { return }
        var rest = pending
        (self.renderer, pending) = (nil, [])
        renderer.finish(isWhole: isWhole, to: &rest) { piece in
            write(&piece)
            return failure == nil
        }
        write(&rest)
    }

    func mayRestart(hasOutput: Bool) -> Bool { !hasOutput && !hasWritten }

    /// Choices that come later may have to wait for others.
    func keepsStream(_ progress: ReplyProgress) -> Bool { keepsReply || progress.hasLaterChoices }

    private mutating func flush() {
        var bytes = pending
        pending = []
        write(&bytes)
        pending = bytes
    }

    private mutating func write(_ bytes: inout [UInt8]) {
        hasWritten = hasWritten || !bytes.isEmpty
        do throws(Failure) {
            try output.flush(&bytes)
        } catch {
            failure = failure ?? error
        }
    }
}
