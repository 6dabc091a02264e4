public import Platform

/// The rows of an input that its result files do not hold yet.
public struct RemainingRows: RowSource {
    private let input: BatchInput
    private var reader: RowReader
    private let journal: Journal?
    private var hasCheckedRoom = false

    /// - Parameter journal: the results so far; nil to request every row.
    public init(_ input: BatchInput, _ reader: RowReader, _ journal: Journal?) {
        (self.input, self.reader, self.journal) = (input, reader, journal)
    }

    /// The descriptor of a pipe.
    public var descriptor: Int32 { input.isFile ? -1 : input.descriptor }

    /// The next row. Before the first there is room for results.
    public mutating func next() throws(SystemError) -> RunStep {
        switch try reader.next(waits: input.isFile) {
        case .pending: return .pending
        case .end: return .end
        case .error(let error): return .error(error)
        case .blank: return .blank
        case .done(let index): return .completed(isUnexpected: journal?.isUnexpected(at: index) ?? false)
        case .row(let row):
            switch journal?.demand(of: row) {
            case nil: return .row(row)
            case .request:
                if !hasCheckedRoom { try journal?.checkRoom() }
                hasCheckedRoom = true
                return .row(row)
            case .skip(let isUnexpected): return .completed(isUnexpected: isUnexpected)
            case .refuse:
                return .refused(
                    RowError(
                        number: row.number, id: row.id,
                        reason: "it is complete, but its request is another now (--redo-changed requests it again)"))
            }
        }
    }
}
