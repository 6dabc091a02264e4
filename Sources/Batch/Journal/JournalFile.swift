import Platform

/// A file of records that is continued: locked, looked through once, and rid of the lines that are to be written anew.
final class JournalFile {
    /// What a line is to become.
    enum Verdict {
        case keep
        /// It stays, as the record of a row of this run that is complete.
        case count
        /// It is written anew by this run.
        case drop
    }

    /// What it is, for messages.
    let label: Message
    private let kind: RecordKind
    private let file: LockedFile
    /// When an earlier run wrote to it last, in seconds since 1970; nil for an empty file.
    let lastChange: Int?
    private let context: ProcessContext
    /// The bytes of the lines that are to go, in order, neighbors as one.
    private var dropped: [Range<Int>] = []
    /// An incomplete last line, to be cut off.
    private(set) var torn: Range<Int>?
    /// Whether the last line lacks nothing but its newline.
    private var lacksNewline = false
    /// How many lines were found and kept.
    private var keptCount = 0
    /// How many records were added, and how many of them of successes.
    private var added = (all: 0, successes: 0)

    /// How many bytes there must be room for before anything is sent.
    private static let leastRoom = 64 << 10

    /// Opens and locks the file at a place.
    ///
    /// - Throws: ``JournalError``; nothing has changed then.
    init(
        at place: FilePlace, _ label: Message, of kind: RecordKind, _ context: ProcessContext
    ) throws(JournalError) {
        (self.label, self.kind, self.context) = (label, kind, context)
        do throws(LockedFile.Problem) {
            file = try LockedFile(at: place, label)
            lastChange = file.size > 0 ? file.lastChange : nil
        } catch {
            throw JournalError(error, label, purpose: "")
        }
    }

    /// Reads every line.
    ///
    /// - Parameters:
    ///   - count: is given the records of complete rows.
    ///   - judge: says what a record is to become, given its line and, when it is asked for, its content.
    /// - Throws: ``JournalError`` for a line that is no record, a torn last one aside, or what `judge` throws.
    func read(
        counting count: ((UnsafeBufferPointer<UInt8>) -> Void)? = nil,
        _ judge: (RecordHead, Int, _ content: () -> [UInt8]) throws(JournalError) -> Verdict
    ) throws(JournalError) {
        let scan = LineScan(file.descriptor, label)
        var reader = RecordLineReader(kind)
        (dropped, torn, lacksNewline, keptCount) = ([], nil, false, 0)
        while let line = try next(scan) {
            let head: RecordHead
            do throws(RecordProblem) {
                head = try scan.withBytes { bytes throws(RecordProblem) in try reader.read(bytes) }
            } catch {
                guard !line.isTerminated, scan.withBytes({ reader.isTorn($0) }) else {
                    throw .foreignLine(label, kind, line: line.number, reason: error.reason)
                }
                torn = line.range
                return
            }
            let verdict = try judge(head, line.number) { scan.withBytes { reader.content(of: head, in: $0) } }
            if verdict == .drop { drop(line.range) } else { keptCount += 1 }
            if verdict == .count, let count { scan.withBytes(count) }
            lacksNewline = !line.isTerminated && verdict != .drop
        }
    }

    /// On which line the first record of a row's success stands; 0 for none.
    func line(ofCompleted id: [UInt8]) throws(JournalError) -> Int {
        let scan = LineScan(file.descriptor, label)
        var reader = RecordLineReader(kind)
        while let line = try next(scan) {
            let head = scan.withBytes { try? reader.read($0) }
            if let head, head.isDone, head.id == id { return line.number }
        }
        return 0
    }

    private func next(_ scan: LineScan) throws(JournalError) -> LineScan.Line? {
        do throws(SystemError) { return try scan.next() } catch { throw .system(error) }
    }

    private func drop(_ range: Range<Int>) {
        if let last = dropped.last, last.upperBound == range.lowerBound {
            dropped[dropped.count - 1] = last.lowerBound..<range.upperBound
        } else {
            dropped.append(range)
        }
    }

    /// Refuses a file that can't be replaced.
    ///
    /// - Parameter purpose: why it is to be replaced at the end.
    func checkReplaceable(purpose: Message) throws(JournalError) {
        let obstacle: Message?
        do throws(SystemError) { obstacle = try file.obstacle(context) } catch { throw .system(error) }
        if let obstacle { throw .notReplaceable(label, purpose: purpose, obstacle: obstacle) }
    }

    /// Cuts off a torn last line, and takes out the lines that are to be written anew, atomically.
    ///
    /// - Parameter purpose: why lines are taken out.
    /// - Throws: ``JournalError``; the file is as it was then.
    func prepare(purpose: Message = "take failed rows out of it") throws(JournalError) {
        guard !dropped.isEmpty else {
            do throws(SystemError) {
                if let torn { try file.truncate(to: torn.lowerBound) }
                if lacksNewline { try file.append(Self.newline) }
                return
            } catch {
                throw .system(error)
            }
        }
        let end = torn?.lowerBound ?? file.size
        let (dropped, lacksNewline) = (dropped, lacksNewline)
        try replace(purpose: purpose) { copy throws(SystemError) in
            var place = 0
            for range in dropped {
                try copy.add(place..<range.lowerBound)
                place = range.upperBound
            }
            try copy.add(place..<end)
            if lacksNewline { try copy.add(bytes: Self.newline) }
        }
        self.dropped = []
    }

    /// Adds a record.
    ///
    /// - Throws: ``SystemError`` when it could not be written; the file ends in a whole line all the same.
    func append(_ record: BatchRecord) throws(SystemError) {
        try append([record])
    }

    /// Adds records in one write.
    ///
    /// - Throws: ``SystemError`` when they could not be written, none of them.
    func append(_ records: [BatchRecord]) throws(SystemError) {
        var lines: [UInt8] = []
        for record in records { lines += record.line }
        try file.append(lines)
        added.all += records.count
        added.successes += records.count { $0.isDone }
    }

    /// Removes the file if this run made it and wrote nothing to it.
    ///
    /// - Returns: whether it is gone.
    func removeIfUnused() -> Bool { file.removeIfUnused() }

    /// Makes sure that there is room for some records.
    ///
    /// - Throws: ``SystemError`` when there is none.
    func checkRoom() throws(SystemError) { try file.checkRoom(for: Self.leastRoom) }

    /// How many of the records that were added another program has taken away, and how many of them were of successes at most.
    func missingRecords() -> (all: Int, successes: Int) {
        guard let isInPlace = try? file.isInPlace(), isInPlace else { return added }
        guard let present = try? file.presentSize, present < file.size else { return (0, 0) }
        let scan = LineScan(file.descriptor, label)
        var count = 0
        while let line = try? scan.next() { count += line.isTerminated ? 1 : 0 }
        let missing = min(added.all, max(0, keptCount + added.all - count))
        return (missing, min(missing, added.successes))
    }

    /// Makes sure that the path leads to the file, and that all of it is there.
    func checkIntact() throws(SystemError) { try file.checkIntact() }

    /// Waits until what was written is stored.
    func synchronize() throws(SystemError) { try file.synchronize() }

    /// Begins to store what was written.
    ///
    /// - Returns: false when the last time has not ended yet.
    /// - Throws: ``SystemError``, also when another program has replaced, removed or shortened the file.
    func beginSynchronizing() throws(SystemError) -> Bool { try file.beginSynchronizing() }

    /// Puts the lines into the order of the numbers that their records are given, atomically; those with one number stay in
    /// order.
    func sort(by number: (RecordHead) -> Int) throws(JournalError) {
        var lines: [SortedLine] = []
        let scan = LineScan(file.descriptor, label)
        var reader = RecordLineReader(kind)
        while let line = try next(scan) {
            do throws(RecordProblem) {
                let head = try scan.withBytes { bytes throws(RecordProblem) in try reader.read(bytes) }
                lines.append(SortedLine(number: UInt32(clamping: number(head)), line.range))
            } catch {
                throw .foreignLine(label, kind, line: line.number, reason: error.reason)
            }
        }
        guard zip(lines, lines.dropFirst()).contains(where: { $0.number > $1.number }) else { return }
        lines.sort { ($0.number, $0.offset) < ($1.number, $1.offset) }
        try replace(purpose: "put it into input order (--ordered)") { copy throws(SystemError) in
            for line in lines { try copy.add(line.range) }
        }
    }

    /// Replaces the content by what is copied from it.
    private func replace(
        purpose: Message, by content: (FileCopy) throws(SystemError) -> Void
    ) throws(JournalError) {
        let (source, label) = (file.descriptor, label)
        do throws(LockedFile.Problem) {
            try file.replaceContent(context) { target throws(SystemError) in
                let copy = FileCopy(from: source, to: target, label)
                try content(copy)
                try copy.finish()
            }
        } catch {
            throw JournalError(error, label, purpose: purpose)
        }
    }

    private static let newline: [UInt8] = [UInt8(ascii: "\n")]
}

/// Where a line stands that is to be moved: 16 bytes.
private struct SortedLine {
    let number: UInt32
    let length: UInt32
    let offset: UInt64

    init(number: UInt32, _ range: Range<Int>) {
        self.number = number
        length = UInt32(range.count)
        offset = UInt64(range.lowerBound)
    }

    var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

extension JournalError {
    /// What keeps a file from being opened or replaced.
    ///
    /// - Parameter purpose: why it is to be replaced.
    init(_ problem: LockedFile.Problem, _ label: Message, purpose: Message) {
        self =
            switch problem {
            case .inUse: .inUse(label)
            case .notReplaceable(let obstacle): .notReplaceable(label, purpose: purpose, obstacle: obstacle)
            case .system(let error): .system(error)
            }
    }
}
