/// Makes rows of records, one of each.
public protocol RowParsing: Sendable {
    /// How the input holds its rows.
    var format: InputFormat { get }

    /// The row that a record is.
    ///
    /// - Returns: the row, or why it can't be sent.
    func parse(_ record: Record) -> Result<Row, RowError>
}

extension RowParsing {
    /// Whether a record is no row: a line of JSON Lines with nothing on it but white space.
    public func isBlank(_ record: Record) -> Bool {
        guard format == .jsonl, !record.isTooLong else { return false }
        let mark = InputFormat.byteOrderMark
        let start = record.number == 1 && record.bytes.starts(with: mark) ? mark.count : 0
        return record.bytes[start...].allSatisfy { " \t\r\n".utf8.contains($0) }
    }
}
