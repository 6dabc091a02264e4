/// Makes rows of records, one of each.
public protocol RowParsing: Sendable {
    /// How the input holds its rows.
    var format: InputFormat { get }

    /// The row that a record is.
    ///
    /// - Returns: the row, or why it can't be sent.
    func parse(_ record: Record) -> Result<Row, RowError>
}
