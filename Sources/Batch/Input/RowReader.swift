public import Platform

/// What reading a row came to.
public enum RowStep: Sendable {
    /// A row that can be sent.
    case row(Row)
    /// A row that is done, by its index in the table of the scan; it is not parsed again.
    case done(Int)
    /// A row that can't be sent, which doesn't stop the others.
    case error(RowError)
    /// A line that is no row, which a stream of results has in its place.
    case blank
    /// A pipe has nothing yet, or so much that the caller may see to other work first; its descriptor is readable when there is
    /// more.
    case pending
    /// There are no more rows.
    case end
}

/// The rows of an input that belong to a shard, in order.
public struct RowReader {
    /// After so many rows of other shards a reader that does not wait looks up: a pipe may have no end.
    private static let skippedAtOnce = 1 << 12

    private let input: BatchInput
    private let parser: any RowParsing
    private let shard: Shard?
    private let scan: InputScan?
    private var records: RecordReader
    private var order: PrefixOrder.Places?
    private var seen = SeenIDs()
    private let passesDone: Bool
    /// The first row of the scan's table that may be the next one.
    private var cursor = 0

    /// A reader from the start.
    ///
    /// - Parameters:
    ///   - shard: whose rows are read; nil for all.
    ///   - scan: of the same file, by the same parser: only rows that it met are read, and a file that has changed since is an
    ///     error. Its order is followed, if it has one. nil for a pipe, in which a row that repeats an id is an error.
    ///   - passesDone: whether rows that the scan's table has as done are not parsed again, as far as they come in order.
    public init(
        _ input: BatchInput, _ parser: any RowParsing, shard: Shard? = nil, scan: InputScan? = nil,
        passesDone: Bool = false
    ) {
        (self.input, self.parser, self.shard, self.scan) = (input, parser, shard, scan)
        self.passesDone = passesDone
        records = RecordReader(input, terminator: parser.format.terminator)
        order = scan?.order?.places
    }

    /// The next row.
    ///
    /// - Parameter waits: whether to wait for a pipe; otherwise the step may be pending.
    /// - Throws: ``SystemError`` when the input can't be read, for a signal if it waits, and for a file that changed after it
    ///   was scanned.
    public mutating func next(waits: Bool) throws(SystemError) -> RowStep {
        if order != nil { return try nextInOrder() }
        var skippedCount = 0
        while true {
            if let scan, records.number == scan.recordCount { return .end }
            switch try records.read(waits: waits) {
            case .pending: return .pending
            case .end:
                guard scan == nil else { throw changed }
                return .end
            case .record(let record):
                guard shard?.contains(record.number) ?? true else {
                    skippedCount += 1
                    if skippedCount % Self.skippedAtOnce == 0, !waits {
                        guard input.isFile else { return .pending }
                        try StopSignals.check()
                    }
                    continue
                }
                if let index = doneIndex(record.number) { return .done(index) }
                return parser.isBlank(record) ? .blank : try step(parser.parse(record))
            }
        }
    }

    /// The row that a record was at the scan, if it is done.
    private mutating func doneIndex(_ number: Int) -> Int? {
        guard passesDone, let table = scan?.table else { return nil }
        while cursor < table.count, table.line(at: cursor) < number { cursor += 1 }
        guard cursor < table.count, table.line(at: cursor) == number else { return nil }
        return table[state: cursor] == .done ? cursor : nil
    }

    private mutating func nextInOrder() throws(SystemError) -> RowStep {
        guard let place = order?.next() else { return .end }
        if records.number != place.number - 1 { records.move(to: place.offset, number: place.number) }
        guard case .record(let record) = try records.read(waits: true) else { throw changed }
        return try step(parser.parse(record))
    }

    private mutating func step(_ result: Result<Row, RowError>) throws(SystemError) -> RowStep {
        switch result {
        case .success(let row):
            if let scan {
                guard let index = scan.table.index(of: IDDigest(of: row.id)), scan.table.matches(row.digest, at: index)
                else { throw changed }
            } else if let first = seen.insert(row.id, of: row.number) {
                return .error(
                    RowError(
                        number: row.number, id: row.id,
                        reason: "custom_id \(RowProblem.quoted(row.id)) is that of \(parser.format.unit) \(first), too")
                )
            }
            return .row(row)
        case .failure(let error):
            if scan == nil { _ = seen.insert(error.id, of: error.number) }
            return .error(error)
        }
    }

    private var changed: SystemError {
        .refused(input.label, reason: "it changed while its rows were read")
    }
}
