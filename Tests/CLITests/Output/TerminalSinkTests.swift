import Batch
import JSON
import Platform
import Synchronization
import Testing

@testable import CLI

@Suite("Results on the terminal of the progress")
struct TerminalSinkTests {
    /// What a terminal gets, in order.
    private final class Screen: Sendable {
        private let bytes = Mutex("")
        var text: String { bytes.withLock(\.self) }
        func write(_ text: String) { bytes.withLock { $0 += text } }
    }

    /// Writes a letter for each record, as many as the terminal takes at a time.
    private struct LetterSink: RecordSink {
        let screen: Screen
        let room: Int
        var pending = 0
        let lostCount = 0
        let lostSuccessCount = 0

        mutating func write(_ record: BatchRecord, row: Int, now: Double) { pending += 1 }
        mutating func passOver(row: Int) {}
        func mayBegin(row: Int) -> Bool { true }
        func pumpTime(now: Double) -> Double? { pending > 0 ? now : nil }
        mutating func finish(isComplete: Bool) {}
        func store() {}

        mutating func pump(now: Double) {
            let count = min(room, pending)
            screen.write(String(repeating: "r", count: count))
            pending -= count
        }
    }

    private let screen = Screen()
    private let record = BatchRecord(id: [], digest: nil, .response(nil), error: .null)

    @Test("the progress is erased before a result, and comes back once all of it is written")
    func erased() throws {
        let line = TerminalLine { [screen] in screen.write(String(decoding: $0, as: UTF8.self)) }
        var sink = TerminalSink(LetterSink(screen: screen, room: 1), line)
        line.show("P")
        try sink.pump(now: 0)
        #expect(screen.text == "\r\u{1B}[KP")
        try sink.write(record, row: 0, now: 0)
        try sink.write(record, row: 1, now: 0)
        try sink.pump(now: 0)
        line.show("P")
        #expect(screen.text == "\r\u{1B}[KP\r\u{1B}[Kr")
        try sink.pump(now: 0)
        line.show("P")
        #expect(screen.text == "\r\u{1B}[KP\r\u{1B}[Krr\r\u{1B}[KP")
        try sink.finish(isComplete: true)
        line.show("P")
        #expect(screen.text.hasSuffix("KP\r\u{1B}[K") && line.isOver)
    }
}
