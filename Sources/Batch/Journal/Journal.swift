public import Platform

/// The result files of a run, which are its memory: what stands in them was done by this run or an earlier one.
///
/// The output file holds one record for each row that came to an end; with a file for errors, failed rows stand there instead.
/// Each is locked first and looked through once, and nothing is changed before both were found good. Then a torn last
/// line is cut off and the records of failed rows, which are tried again, are taken out. A result whose row is requested again
/// since its request has changed stays until the new one is there, and is taken out at the end, or by the next run.
public final class Journal {
    /// What is to be done with a row.
    public enum Demand: Equatable, Sendable {
        /// It has no record of a success, or its request has changed.
        case request
        /// It is complete; whether its completion is not as it was expected to be.
        case skip(isUnexpected: Bool)
        /// It is complete, but its request is another now, which in a pipe is not known before: the row fails, and its record
        /// stays.
        case refuse
    }

    /// What was found in the files.
    public struct Findings: Equatable, Sendable {
        /// Rows that are complete.
        public var done = 0
        /// Rows that failed and are requested again.
        public var failed = 0
        /// Rows that are complete, but are requested again since their request has changed; a pipe's are not known yet.
        public var changed = 0
        /// Rows that are not of this input.
        public var foreign = 0
        /// Bytes of torn last lines that were cut off.
        public var tornBytes = 0
    }

    /// What was found in the files.
    public private(set) var findings = Findings()
    /// How many records could not be written, or were taken away by another program.
    public private(set) var lostCount = 0
    /// How many of them were of successes.
    public private(set) var lostSuccessCount = 0
    /// Whether every row had a record at the end.
    private var isComplete = false
    private let output: JournalFile
    private let errors: JournalFile?
    private let options: JournalOptions
    private let table: RowTable
    /// For an input that could not be scanned: the row of each entry in the table; 0 for one that has not come.
    private var numbers: [UInt32]?
    /// Whether a row has the records of an earlier request and of its present one.
    private var hasSuperseded = false
    private var syncClock: SyncClock

    /// Why results of earlier requests are taken out.
    private static let supersededPurpose: Message = "take changed rows out of it (--redo-changed)"

    /// Opens the files of a run.
    ///
    /// - Parameters:
    ///   - output: where the output file is, and what to call it.
    ///   - errors: the same of the file for failed rows; nil for none.
    ///   - kind: what the files hold.
    ///   - rows: every row of the input; nil for an input that can't be scanned. Their states are set.
    ///   - isUnexpected: whether a complete response is not as it was expected to be, which is asked of each that is there;
    ///     nil to ask of none.
    /// - Throws: ``JournalError``; no file has changed then.
    public init(
        output: JournalPath, errors: JournalPath?, of kind: RecordKind = .responses, rows: RowTable?,
        _ options: JournalOptions, _ context: ProcessContext, isUnexpected: ((_ content: [UInt8]) -> Bool)? = nil
    ) throws(JournalError) {
        self.options = options
        table = rows ?? RowTable()
        numbers = rows == nil ? [] : nil
        syncClock = SyncClock(interval: options.syncInterval)
        if let errors, output.place.isSame(as: errors.place) { throw .sameFile(output.label, errors.label) }
        self.output = try JournalFile(at: output.place, output.label, of: kind, context)
        if let errors {
            self.errors = try JournalFile(at: errors.place, errors.label, of: kind, context)
        } else {
            self.errors = nil
        }
        try examine(isUnexpected)
        if options.isOrdered {
            for file in files { try file.checkReplaceable(purpose: "put it into input order (--ordered)") }
        }
        if options.redoesChanged { try self.output.checkReplaceable(purpose: Self.supersededPurpose) }
        for file in files { try file.prepare() }
        try removeSuperseded()
    }

    /// When an earlier run wrote its last result, in seconds since 1970; nil for files that were empty.
    public var lastChange: Int? { files.compactMap(\.lastChange).max() }

    private var files: [JournalFile] { [output] + (errors.map { [$0] } ?? []) }

    /// Looks through both files.
    private func examine(_ isUnexpected: ((_ content: [UInt8]) -> Bool)?) throws(JournalError) {
        var exam = JournalExam(table, options, growsTable: numbers != nil, isUnexpected: isUnexpected)
        try exam.read(output, isForErrors: false)
        if let errors { try exam.read(errors, isForErrors: true) }
        (findings, hasSuperseded) = (exam.findings, exam.hasSuperseded)
        if numbers != nil { numbers = [UInt32](repeating: 0, count: table.count) }
    }

    /// Takes out the records of earlier requests of rows that have one of their present request.
    private func removeSuperseded() throws(JournalError) {
        guard hasSuperseded else { return }
        try output.read { head, _, _ in isSuperseded(head) ? .drop : .keep }
        try output.prepare(purpose: Self.supersededPurpose)
        hasSuperseded = false
    }

    private func isSuperseded(_ head: RecordHead) -> Bool {
        guard head.isDone, let digest = head.digest, let index = table.index(of: IDDigest(of: head.id)) else {
            return false
        }
        return !table.isElsewhere(at: index) && table[state: index] == .done && !table.matches(digest, at: index)
    }

    /// Whether the completion of a row that is complete is not as it was expected to be.
    ///
    /// - Parameter index: the row's in the table.
    func isUnexpected(at index: Int) -> Bool { table[isUnexpected: index] }

    /// What is to be done with a row; asked once for each, in input order.
    public func demand(of row: Row) -> Demand {
        let id = IDDigest(of: row.id)
        guard let index = table.index(of: id) else {
            if case .inserted = table.insert(id, digest: row.digest, line: row.number) {
                numbers?.append(UInt32(clamping: row.number))
            }
            return .request
        }
        if numbers != nil { numbers?[index] = UInt32(clamping: row.number) }
        switch table[state: index] {
        case .open, .failed, .changed: return .request
        case .done, .repeated:
            // In a file, only a row whose request is the same is done.
            guard numbers == nil || table.matches(row.digest, at: index) else {
                return options.redoesChanged ? .request : .refuse
            }
            return .skip(isUnexpected: table[isUnexpected: index])
        }
    }

    /// Adds the record of a row.
    ///
    /// - Parameter now: seconds of the clock that ``syncTime`` is of.
    /// - Throws: ``SystemError`` when it could not be written, which is counted; the file ends in a whole line all the same.
    public func append(_ record: BatchRecord, now: Double) throws(SystemError) {
        let file = record.isDone ? output : errors ?? output
        do throws(SystemError) {
            try file.append(record)
        } catch {
            lostCount += 1
            if record.isDone { lostSuccessCount += 1 }
            throw error
        }
        syncClock.noteWrite(now)
        note(record)
    }

    /// Adds the records of rows, with one write for each file.
    ///
    /// - Throws: ``SystemError`` when some could not be written, which are counted; the others were.
    public func append(_ records: [BatchRecord], now: Double) throws(SystemError) {
        var failure: SystemError?
        for (file, isForErrors) in [(output, false)] + (errors.map { [($0, true)] } ?? []) {
            let own = errors == nil ? records : records.filter { $0.isDone != isForErrors }
            if own.count > 1, (try? file.append(own)) != nil {
                syncClock.noteWrite(now)
                for record in own { note(record) }
                continue
            }
            // What there is room for is written.
            for record in own {
                do throws(SystemError) { try append(record, now: now) } catch { failure = failure ?? error }
            }
        }
        if let failure { throw failure }
    }

    private func note(_ record: BatchRecord) {
        guard let index = table.index(of: IDDigest(of: record.id)) else { return }
        let state = table[state: index]
        table[state: index] = record.isDone ? .done : .failed
        guard record.isDone, let digest = record.digest, [.done, .changed].contains(state) else { return }
        hasSuperseded = true
        table.setDigest(digest, at: index)
    }

    /// When ``synchronize(now:)`` is due; nil for not at all.
    public var syncTime: Double? { syncClock.dueTime }

    /// Begins to store what was written if that is due. It is not waited for; an error shows at the next time.
    public func synchronize(now: Double) throws(SystemError) {
        guard let time = syncTime, time <= now else { return }
        var haveBegun = true
        for file in files where try !file.beginSynchronizing() { haveBegun = false }
        syncClock.noteSync(now, isComplete: haveBegun)
    }

    /// Makes sure that there is room for some results, before the first request is sent.
    ///
    /// - Throws: ``SystemError`` when there is none.
    public func checkRoom() throws(SystemError) {
        for file in files { try file.checkRoom() }
    }

    /// Takes out the results that new ones replace, and puts the files into input order if they are to be.
    ///
    /// - Parameter isComplete: whether every row has a record; otherwise lines stay where they are.
    /// - Throws: ``JournalError``, also when another program has taken records away; what was written stays.
    public func finish(isComplete: Bool) throws(JournalError) {
        var failure: SystemError?
        for file in files {
            do throws(SystemError) {
                try file.checkIntact()
            } catch {
                let missing = file.missingRecords()
                (lostCount, lostSuccessCount) = (lostCount + missing.all, lostSuccessCount + missing.successes)
                failure = failure ?? error
            }
        }
        self.isComplete = isComplete
        if let failure { throw .system(failure) }
        guard isComplete else { return }
        try removeSuperseded()
        guard options.isOrdered else { return }
        for file in files { try file.sort { self.number(of: $0) } }
    }

    /// Waits until what was written is stored. Files that a run made and that are empty are removed unless every row has a record.
    ///
    /// - Throws: ``SystemError`` when it could not be.
    public func store() throws(SystemError) {
        for file in files where isComplete || !file.removeIfUnused() { try file.synchronize() }
    }

    /// A row's number; rows that are not in the input come last.
    private func number(of head: RecordHead) -> Int {
        guard let index = table.index(of: IDDigest(of: head.id)), !table.isElsewhere(at: index) else { return .max }
        guard let numbers else { return table.line(at: index) }
        return numbers[index] == 0 ? .max : Int(numbers[index])
    }
}
