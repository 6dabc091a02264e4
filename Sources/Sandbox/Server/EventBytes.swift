/// The bytes of a stream of events, one event at a time: each leaves before the next is made.
struct EventBytes {
    /// What other servers send to keep a connection busy, none of which says anything.
    private static let padding = Array(
        """
        data: null

        data: ""

        data: {}

        : keepalive

        data: : keepalive

        event: ping
        data: {"time": 1}


        """.utf8)
    private static let comment = Array(": keepalive\n\n".utf8)
    private static let done = event(Array("[DONE]".utf8))

    private var run: CompletionRun
    private let misbehaviour: Misbehaviour
    private var chunks = 0
    private var isDone = false

    /// - Parameters:
    ///   - run: what makes the chunks.
    ///   - misbehaviour: what is wrong with the stream.
    init(_ run: CompletionRun, _ misbehaviour: Misbehaviour) {
        self.run = run
        self.misbehaviour = misbehaviour
    }

    /// An event with this data, which is one line.
    static func event(_ data: [UInt8]) -> [UInt8] {
        Array("data: ".utf8) + data + Array("\n\n".utf8)
    }

    /// The next event; nil after the last.
    mutating func next() async throws -> [UInt8]? {
        guard !isDone else { return nil }
        if let breakOff = misbehaviour.breakOff, breakOff.chunks == chunks {
            isDone = true
            if breakOff.rest == .silence { try await Task.sleep(for: BreakOff.silence) }
            return breakOff.rest == .error ? error : nil
        }
        if let chunk = run.nextChunk() {
            if let pace = misbehaviour.pace { try await Task.sleep(for: pace) }
            chunks += 1
            return padding + EventBytes.event(chunk)
        }
        if misbehaviour.holdsOpen {
            try await Task.sleep(for: .milliseconds(100))
            return EventBytes.comment
        }
        isDone = true
        let last = padding + (misbehaviour.omitsDone ? [] : EventBytes.done)
        return last.isEmpty ? nil : last
    }

    private var padding: [UInt8] { misbehaviour.pads ? EventBytes.padding : [] }

    /// The error that breaks the stream off.
    private var error: [UInt8] {
        let body = APIProblem.inside.nestedBody
        return misbehaviour.errorIsBare ? body + Array("\n\n".utf8) + EventBytes.done : EventBytes.event(body)
    }
}
