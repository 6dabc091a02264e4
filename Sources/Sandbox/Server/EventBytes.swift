import FlyingSocks

/// The bytes of a stream of events, one event at a time: each leaves before the next is made.
struct EventBytes: AsyncBufferedSequence {
    typealias Element = UInt8

    let run: CompletionRun

    func makeAsyncIterator() -> Iterator {
        Iterator(run: run)
    }

    struct Iterator: AsyncBufferedIteratorProtocol {
        private var run: CompletionRun
        private var isDone = false

        init(run: CompletionRun) {
            self.run = run
        }

        mutating func next() async throws -> UInt8? {
            // FlyingFox reads buffers only; one byte of an event would lose the rest.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            guard !isDone else { return nil }
            if let chunk = run.nextChunk() { return Array("data: ".utf8) + chunk + Array("\n\n".utf8) }
            isDone = true
            return Array("data: [DONE]\n\n".utf8)
        }
    }
}
