import Platform

/// Notes which rows a result file holds, by the rule of a run that continues from it; the file is neither locked nor judged.
public struct ResultSurvey {
    private let rows: RowTable
    private var reader: RecordLineReader

    /// - Parameters:
    ///   - rows: the rows of the input, whose states are set: to done if a success of the present request is found, to changed if
    ///     only successes of other requests are.
    ///   - kind: what the file holds.
    public init(_ rows: RowTable, of kind: RecordKind) {
        self.rows = rows
        reader = RecordLineReader(kind)
    }

    /// Reads a file. Lines that are no records are passed over.
    ///
    /// - Throws: ``SystemError`` when it can't be read.
    public mutating func read(_ descriptor: Int32, _ label: Message) throws(SystemError) {
        let scan = LineScan(descriptor, label)
        while try scan.next() != nil {
            guard let head = scan.withBytes({ try? reader.read($0) }), head.isDone, let digest = head.digest,
                let index = rows.index(of: IDDigest(of: head.id)), !rows.isElsewhere(at: index)
            else { continue }
            if rows.matches(digest, at: index) {
                rows[state: index] = .done
            } else if rows[state: index] == .open {
                rows[state: index] = .changed
            }
        }
    }
}
