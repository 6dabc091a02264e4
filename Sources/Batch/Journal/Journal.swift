public import Platform

/// The result files of a run, which are its memory: what stands in them was done by this run or an earlier one.
///
/// The output file holds one record for each row that came to an end; with a file for errors, failed rows stand there instead.
/// Each is locked first and looked through once, and nothing is changed before both were found good. Then a torn last
/// line is cut off and the records of failed rows, which are tried again, are taken out.
public final class Journal {
    /// What is to be done with a row.
    public enum Demand: Equatable, Sendable {
        /// It has no record.
        case request
        /// It has failed before, or its request has changed, and is requested again.
        case requestAgain
        /// It is complete.
        case skip
        /// It is complete, but its request is another now, which in a pipe is not known before: the row fails.
        case refuse
    }

    /// What was found in the files.
    public struct Findings: Equatable, Sendable {
        /// Rows that are complete.
        public var done = 0
        /// Rows that failed and are tried again.
        public var failed = 0
        /// Rows that are complete, but are requested again since their request has changed.
        public var changed = 0
        /// Rows that are not of this input.
        public var foreign = 0
        /// Bytes of torn last lines that were cut off.
        public var tornBytes = 0
    }

    /// What was found in the files.
    public private(set) var findings = Findings()
    /// How many records could not be written.
    public private(set) var lostCount = 0
    private let output: JournalFile
    private let errors: JournalFile?
    private let options: JournalOptions
    private let table: RowTable
    /// For an input that could not be scanned: the row of each entry in the table; 0 for one that has not come.
    private var numbers: [UInt32]?
    private var syncClock: SyncClock

    /// Opens the files of a run.
    ///
    /// - Parameters:
    ///   - output: where the output file is, and what to call it.
    ///   - errors: the same of the file for failed rows; nil for none.
    ///   - kind: what the files hold.
    ///   - rows: every row of the input; nil for an input that can't be scanned. Their states are set.
    /// - Throws: ``JournalError``; no file has changed then.
    public init(
        output: JournalPath, errors: JournalPath?, of kind: RecordKind = .responses, rows: RowTable?,
        _ options: JournalOptions, _ context: ProcessContext
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
        try examine()
        if options.isOrdered {
            for file in files { try file.checkReplaceable(purpose: "put it into input order (--ordered)") }
        }
        for file in files { try file.prepare() }
    }

    private var files: [JournalFile] { [output] + (errors.map { [$0] } ?? []) }

    /// Looks through both files.
    private func examine() throws(JournalError) {
        var exam = JournalExam(table, options, growsTable: numbers != nil)
        try exam.read(output, isForErrors: false)
        if let errors { try exam.read(errors, isForErrors: true) }
        findings = exam.findings
        if numbers != nil { numbers = [UInt32](repeating: 0, count: table.count) }
    }

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
        case .open: return .request
        case .failed, .changed: return .requestAgain
        case .done, .repeated:
            // In a file, only a row whose request is the same is done.
            return numbers == nil || table.matches(row.digest, at: index) ? .skip : .refuse
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
        table[state: index] = record.isDone ? .done : .failed
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

    /// Stores what was written, and puts the files into input order if they are to be.
    ///
    /// - Parameter isComplete: whether every row has a record, so that the order is worth having.
    /// - Throws: ``JournalError``; what was written stays.
    public func finish(isComplete: Bool) throws(JournalError) {
        if options.isOrdered, isComplete {
            for file in files { try file.sort { self.number(of: $0) } }
        }
        do throws(SystemError) {
            for file in files { try file.synchronize() }
        } catch {
            throw .system(error)
        }
    }

    /// A row's number; rows that are not in the input come last.
    private func number(of head: RecordHead) -> Int {
        guard let index = table.index(of: IDDigest(of: head.id)), !table.isElsewhere(at: index) else { return .max }
        guard let numbers else { return table.line(at: index) }
        return numbers[index] == 0 ? .max : Int(numbers[index])
    }
}
