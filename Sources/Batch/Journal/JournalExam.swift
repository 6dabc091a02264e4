import Platform

/// Judges the records that result files hold by the rows of the input.
struct JournalExam {
    private let table: RowTable
    private let options: JournalOptions
    /// Whether the input is not known, so that every record is noted.
    private let growsTable: Bool
    private let isUnexpected: ((_ content: [UInt8]) -> Bool)?
    private(set) var findings = Journal.Findings()
    /// Whether a row has the records of an earlier request and of its present one.
    private(set) var hasSuperseded = false
    private var changed = NamedRows()
    private var foreign = NamedRows()
    private var elsewhereCount = 0

    /// - Parameter isUnexpected: whether a complete response is not as it was expected to be; nil to ask of none.
    init(
        _ table: RowTable, _ options: JournalOptions, growsTable: Bool,
        isUnexpected: ((_ content: [UInt8]) -> Bool)?
    ) {
        (self.table, self.options, self.growsTable) = (table, options, growsTable)
        self.isUnexpected = isUnexpected
    }

    /// Looks through a file.
    ///
    /// - Parameter isForErrors: whether it may hold nothing but failed rows.
    /// - Throws: ``JournalError`` for the first thing that is wrong with it.
    mutating func read(_ file: JournalFile, isForErrors: Bool) throws(JournalError) {
        (changed, foreign, elsewhereCount) = (NamedRows(), NamedRows(), 0)
        try file.read(counting: options.countComplete) { head, line, content throws(JournalError) in
            if isForErrors, head.isDone {
                throw .notErrors(file.label, JournalError.Place(id: head.id, line: line))
            }
            guard let digest = head.digest, head.isDone else { return judgeFailure(head, line) }
            guard let index = index(of: head, line) else {
                foreign.add(head.id, line: line)
                return .keep
            }
            if growsTable {
                try takeSuccess(at: index, digest, head.id, line, file)
            } else {
                try judgeSuccess(at: index, digest, head.id, line, file)
            }
            guard table.matches(digest, at: index) else { return .keep }
            if let isUnexpected { table[isUnexpected: index] = isUnexpected(content()) }
            return .count
        }
        if foreign.count > 0, !options.keepsForeign {
            throw .foreignRows(
                file.label, count: foreign.count, inOtherShards: elsewhereCount, first: foreign.first)
        }
        if changed.count > 0, !options.redoesChanged {
            throw .changed(file.label, count: changed.count, first: changed.first)
        }
        findings.foreign += foreign.count
        findings.tornBytes += file.torn?.count ?? 0
    }

    /// Judges a success by the row's request.
    private mutating func judgeSuccess(
        at index: Int, _ digest: RequestDigest, _ id: [UInt8], _ line: Int, _ file: JournalFile
    ) throws(JournalError) {
        let state = table[state: index]
        if state == .failed { findings.failed -= 1 }
        guard table.matches(digest, at: index) else {
            if state != .changed { changed.add(id, line: line) }
            if state == .done {
                hasSuperseded = true
            } else {
                if state != .changed { findings.changed += 1 }
                table[state: index] = .changed
            }
            return
        }
        if state == .done { throw try repetition(of: id, line, file) }
        if state == .changed {
            findings.changed -= 1
            hasSuperseded = true
        }
        findings.done += 1
        table[state: index] = .done
    }

    /// Notes a success of an input that is not known: of several, the last one is taken for that of the present request.
    private mutating func takeSuccess(
        at index: Int, _ digest: RequestDigest, _ id: [UInt8], _ line: Int, _ file: JournalFile
    ) throws(JournalError) {
        if table[state: index] == .done {
            guard options.redoesChanged, !table.matches(digest, at: index) else {
                throw try repetition(of: id, line, file)
            }
            table.setDigest(digest, at: index)
            hasSuperseded = true
        } else {
            findings.done += 1
            table[state: index] = .done
        }
    }

    private func repetition(of id: [UInt8], _ line: Int, _ file: JournalFile) throws(JournalError) -> JournalError {
        // Which line was the first is worth a second look only now.
        let firstLine = try file.line(ofCompleted: id)
        return .repeated(file.label, JournalError.Place(id: id, line: line), firstLine: firstLine)
    }

    private mutating func judgeFailure(_ head: RecordHead, _ line: Int) -> JournalFile.Verdict {
        // Of an unknown input, a row that failed is as good as one that was never requested.
        if growsTable {
            if head.digest != nil { findings.failed += 1 }
            return .drop
        }
        guard let index = index(of: head, line) else {
            foreign.add(head.id, line: line)
            return .keep
        }
        // A row that can't be sent is not requested again.
        if table[state: index] == .open, !table.isBad(at: index) {
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
