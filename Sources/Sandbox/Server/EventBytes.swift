import FlyingSocks

/// The bytes of a stream of events, one event at a time: each leaves before the next is made.
struct EventBytes: AsyncBufferedSequence {
    typealias Element = UInt8

    /// What makes the chunks.
    let run: CompletionRun
    /// What is wrong with the stream.
    let misbehavior: Misbehavior

    func makeAsyncIterator() -> Iterator {
        Iterator(run: run, misbehavior: misbehavior)
    }

    /// An event with this data, which is one line.
    static func event(_ data: [UInt8]) -> [UInt8] {
        Array("data: ".utf8) + data + Array("\n\n".utf8)
    }

    /// What other servers send to keep a connection busy, none of which says anything.
    fileprivate static let padding = Array(
        """
        data: null

        data: ""

        data: {}

        : keepalive

        data: : keepalive

        event: ping
        data: {"time": 1}


        """.utf8)
    fileprivate static let comment = Array(": keepalive\n\n".utf8)
    fileprivate static let done = event(Array("[DONE]".utf8))

    struct Iterator: AsyncBufferedIteratorProtocol {
        private var run: CompletionRun
        private let misbehavior: Misbehavior
        private var chunks = 0
        private var isDone = false

        init(run: CompletionRun, misbehavior: Misbehavior) {
            self.run = run
            self.misbehavior = misbehavior
        }

        mutating func next() async throws -> UInt8? {
            // FlyingFox reads buffers only; one byte of an event would lose the rest.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            guard !isDone else { return nil }
            if let breakOff = misbehavior.breakOff, breakOff.chunks == chunks {
                isDone = true
                if breakOff.rest == .silence { try await Task.sleep(for: BreakOff.silence) }
                return breakOff.rest == .error ? error : nil
            }
            while let chunk = run.nextChunk() {
                // The others have their turn: nothing else lets go of the thread while the client takes what comes.
                await Task.yield()
                guard !chunk.isEmpty else { continue }
                if let pace = misbehavior.pace { try await Task.sleep(for: pace) }
                chunks += 1
                return padding + EventBytes.event(chunk)
            }
            if misbehavior.holdsOpen {
                try await Task.sleep(for: .milliseconds(100))
                return EventBytes.comment
            }
            isDone = true
            let last = padding + (misbehavior.omitsDone ? [] : EventBytes.done)
            return last.isEmpty ? nil : last
        }

        private var padding: [UInt8] { misbehavior.pads ? EventBytes.padding : [] }

        /// The error that breaks the stream off.
        private var error: [UInt8] {
            let body = APIProblem.inside.nestedBody
            return misbehavior.errorIsBare ? body + Array("\n\n".utf8) + EventBytes.done : EventBytes.event(body)
        }
    }
}
