import Batch
import Platform

/// A sink whose results go to the terminal that the progress is shown on: that line is gone while they are written.
struct TerminalSink: RecordSink {
    private var sink: any RecordSink
    private let line: TerminalLine

    /// A sink for a stream that is a terminal.
    init(_ sink: any RecordSink, _ line: TerminalLine) {
        (self.sink, self.line) = (sink, line)
    }

    mutating func write(_ record: BatchRecord, row: Int, now: Double) throws(SystemError) {
        // Much is written at once.
        line.hide(true)
        try sink.write(record, row: row, now: now)
        line.hide(hasMore(now))
    }

    mutating func passOver(row: Int) { sink.passOver(row: row) }

    func mayBegin(row: Int) -> Bool { sink.mayBegin(row: row) }

    mutating func pump(now: Double) throws(SystemError) {
        guard hasMore(now) else { return }
        line.hide(true)
        try sink.pump(now: now)
        line.hide(hasMore(now))
    }

    /// Whether the terminal has not taken all yet, so that the cursor may stand within a line.
    private func hasMore(_ now: Double) -> Bool { sink.pumpTime(now: now) != nil }

    func pumpTime(now: Double) -> Double? { sink.pumpTime(now: now) }

    mutating func finish(isComplete: Bool) throws(JournalError) {
        line.end()
        try sink.finish(isComplete: isComplete)
    }

    func store() throws(SystemError) { try sink.store() }

    var lostCount: Int { sink.lostCount }

    var lostSuccessCount: Int { sink.lostSuccessCount }
}
