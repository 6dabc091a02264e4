public import Platform

/// Finds the record of one row in a file of records, of this program or of another that writes the vendors' form.
public struct RecordLookup {
    /// What a record holds.
    public struct Found: Equatable, Sendable {
        /// The line of the file, from 1.
        public let line: Int
        /// The HTTP status; nil when there was no response.
        public let statusCode: Int?
        /// What the server sent, as far as the record has it: JSON, or the text that a JSON string stands for; nil when there
        /// was no response.
        public let content: [UInt8]?
        /// Why the row failed, as JSON; nil when it did not.
        public let error: [UInt8]?
    }

    /// Why there is no such record.
    public enum Problem: Error {
        /// No line has the id; how many have any.
        case notFound(lines: Int)
        /// Two lines have it.
        case repeated(firstLine: Int, line: Int)
        /// A line that is not a record, and why not.
        case foreignLine(Int, reason: Message)
        /// What the system, or a signal, says.
        case system(SystemError)
    }

    private let id: [UInt8]
    private var reader = RecordLineReader()
    private var found: Found?

    /// Reads a file to its end. Of several records, one of success counts before those of failures.
    ///
    /// - Parameters:
    ///   - id: the row's `custom_id`, UTF-8.
    ///   - label: what the descriptor is, for the error.
    public static func find(_ id: [UInt8], in descriptor: Int32, _ label: Message) throws(Problem) -> Found {
        var lookup = RecordLookup(id)
        return try lookup.run(LineScan(descriptor, label))
    }

    private init(_ id: [UInt8]) {
        self.id = id
    }

    private mutating func run(_ scan: LineScan) throws(Problem) -> Found {
        var count = 0
        while let line = try Self.next(scan) {
            do throws(RecordProblem) {
                try scan.withBytes { bytes throws(RecordProblem) in
                    guard let record = try reader.readForeign(bytes) else {
                        throw RecordProblem("it has no 'custom_id'")
                    }
                    guard record.id == id else { return }
                    try take(Self.found(record, in: bytes, line.number))
                }
                count += 1
            } catch {
                if let firstLine = error.firstLine { throw .repeated(firstLine: firstLine, line: line.number) }
                // A run may be writing it, or have been killed while it was.
                if !line.isTerminated, scan.withBytes({ reader.isTorn($0) }) { break }
                throw .foreignLine(line.number, reason: error.reason)
            }
        }
        guard let found else { throw .notFound(lines: count) }
        return found
    }

    private mutating func take(_ next: Found) throws(RecordProblem) {
        guard let found else {
            self.found = next
            return
        }
        switch (found.error == nil, next.error == nil) {
        case (true, true), (false, false): throw RecordProblem("", firstLine: found.line)
        case (false, true): self.found = next
        case (true, false): break
        }
    }

    private static func next(_ scan: LineScan) throws(Problem) -> LineScan.Line? {
        do throws(SystemError) { return try scan.next() } catch { throw .system(error) }
    }

    private static func found(_ record: ForeignRecord, in bytes: UnsafeBufferPointer<UInt8>, _ line: Int) -> Found {
        let body = record.body.map { Array(bytes[$0]) }
        return Found(
            line: line, statusCode: record.statusCode, content: body.map(RecordLineReader.content),
            error: record.error.map { Array(bytes[$0]) })
    }
}
