import Platform

/// Judges the records that result files hold by the rows of the input.
struct JournalExam {
    private let table: RowTable
    private let options: JournalOptions
    /// Whether the input is not known, so that every record is noted.
    private let growsTable: Bool
    private(set) var findings = Journal.Findings()
    private var changed = NamedRows()
    private var foreign = NamedRows()
    private var elsewhereCount = 0

    init(_ table: RowTable, _ options: JournalOptions, growsTable: Bool) {
        (self.table, self.options, self.growsTable) = (table, options, growsTable)
    }

    /// Looks through a file.
    ///
    /// - Parameter isForErrors: whether it may hold nothing but failed rows.
    /// - Throws: ``JournalError`` for the first thing that is wrong with it.
    mutating func read(_ file: JournalFile, isForErrors: Bool) throws(JournalError) {
        (changed, foreign, elsewhereCount) = (NamedRows(), NamedRows(), 0)
        try file.read(counting: options.countComplete) { head, line throws(JournalError) in
            if isForErrors, head.isDone {
                throw .notErrors(file.label, JournalError.Place(id: head.id, line: line))
            }
            return try judge(head, line, file)
        }
        if foreign.count > 0, !options.keepsForeign {
            throw .foreignRows(
                file.label, count: foreign.count, inOtherShards: elsewhereCount, first: foreign.first)
        }
        if changed.count > 0, !options.redoesChanged {
            throw .changed(file.label, count: changed.count, first: changed.first)
        }
        findings.foreign += foreign.count
        findings.changed += changed.count
        findings.tornBytes += file.torn?.count ?? 0
    }

    private mutating func judge(
        _ head: RecordHead, _ line: Int, _ file: JournalFile
    ) throws(JournalError) -> JournalFile.Verdict {
        guard let digest = head.digest, head.isDone else { return judgeFailure(head, line) }
        guard let index = index(of: head, line) else {
            foreign.add(head.id, line: line)
            return .keep
        }
        guard table[state: index] == .open || table[state: index] == .failed else {
            // Which line was the first is worth a second look only now.
            let firstLine = try file.line(ofCompleted: head.id)
            throw .repeated(file.label, JournalError.Place(id: head.id, line: line), firstLine: firstLine)
        }
        guard growsTable || table.matches(digest, at: index) else {
            changed.add(head.id, line: line)
            table[state: index] = .changed
            return .drop
        }
        findings.done += 1
        table[state: index] = .done
        return .count
    }

    private mutating func judgeFailure(_ head: RecordHead, _ line: Int) -> JournalFile.Verdict {
        // Of an unknown input, a row that failed is as good as one that was never requested.
        if growsTable {
            findings.failed += 1
            return .drop
        }
        guard let index = index(of: head, line) else {
            foreign.add(head.id, line: line)
            return .keep
        }
        if table[state: index] == .open {
            findings.failed += 1
            table[state: index] = .failed
        }
        return .drop
    }

    /// The row that a record belongs to; nil for one that is not of this input or shard.
    private mutating func index(of head: RecordHead, _ line: Int) -> Int? {
        let id = IDDigest(of: head.id)
        if growsTable {
            switch table.insert(id, digest: head.digest, line: line) {
            case .inserted(let index), .repeated(let index): return index
            }
        }
        guard let index = table.index(of: id) else { return nil }
        guard table.isElsewhere(at: index) else { return index }
        elsewhereCount += 1
        return nil
    }
}
