public import Platform

/// Writes to a stream, one piece for each row, in input order: line N out belongs to line N in.
///
/// What comes early is held, within a window of rows and a limit of bytes. Only as much is written at a time as the reader
/// takes, so that a slow one holds up no transfers; it only keeps new rows from being begun.
public struct OrderedSink: RecordSink {
    /// How often a reader that takes nothing is asked again, in seconds.
    private static let patience = 0.01
    /// More bytes than these are written at once, without waiting for others, too.
    private static let mostFresh = 64 << 10

    /// What is written of a record.
    private struct Piece {
        let bytes: [UInt8]
        let isSuccess: Bool
        /// Whether it stands for a line that is no row, so that no result is lost with it.
        var isBlank = false
    }

    private let output: StreamOutput
    private let form: RecordForm
    private let window: Int
    private let byteLimit: Int
    /// The pieces of rows that come after one that is still open, by the row; nil for those that are open, too.
    private var held: [Piece?] = []
    /// Whether the pieces are of successes that were passed on last, those at least that are not written.
    private var passed: [Bool] = []
    /// Where in ``held`` the row ``next`` stands; what is before is free.
    private var start = 0
    private var heldBytes = 0
    /// Whether something came for the reader since it was asked last.
    private var isFresh = false
    /// The oldest row without a record.
    private var next = 0
    /// Records that were left at the end.
    private var leftCount = 0
    /// Rows whose response has more than one choice, or none, where one text is to be written.
    private var refusedCount = 0

    /// How many of those that were left at the end are of successes.
    private var leftSuccessCount = 0

    /// Records that were taken and could not be written.
    public var lostCount: Int { leftCount + refusedCount }

    /// Those of successes.
    public var lostSuccessCount: Int { leftSuccessCount }

    /// A sink for an open descriptor.
    ///
    /// - Parameters:
    ///   - label: what the descriptor is, for the error.
    ///   - form: what is written of a record.
    ///   - window: how many rows may be open, counted from the oldest.
    ///   - byteLimit: while more bytes are held, no row is begun but the oldest.
    public init(
        _ descriptor: Int32, _ label: Message, _ form: RecordForm = .json, window: Int, byteLimit: Int = 64 << 20
    ) {
        output = StreamOutput(descriptor, label)
        self.form = form
        self.window = max(1, window)
        self.byteLimit = byteLimit
    }

    /// As many as the window has; the oldest alone while too much is held; none while the reader takes too little.
    public var freeRows: Int {
        if output.pendingCount > byteLimit { return 0 }
        return heldBytes > byteLimit ? 1 : window
    }

    /// Whether a row stands in the window.
    public func mayBegin(row: Int) -> Bool { row - next < freeRows }

    /// Takes the record; ``pump(now:)`` writes what is due of those that are held.
    public mutating func write(_ record: BatchRecord, row: Int, now: Double) throws(SystemError) {
        guard row >= next else { return }
        let piece: [UInt8]
        switch form.piece(of: record) {
        case .success(let bytes): piece = bytes
        case .failure:
            piece = form.emptyPiece
            refusedCount += 1
        }
        hold(Piece(bytes: piece, isSuccess: record.isDone), row)
        if output.pendingCount > Self.mostFresh { try pump(now: now) }
    }

    /// Holds an empty line for it, so that line N out still belongs to line N in.
    public mutating func passOver(row: Int) {
        hold(Piece(bytes: form.emptyPiece, isSuccess: false, isBlank: true), row)
    }

    private mutating func hold(_ piece: Piece, _ row: Int) {
        let place = start + row - next
        while held.count <= place { held.append(nil) }
        held[place] = piece
        heldBytes += piece.bytes.count
        release()
    }

    /// Passes on the pieces that no open row is before.
    private mutating func release() {
        while start < held.count, let piece = held[start] {
            output.add(piece.bytes)
            passed.append(piece.isSuccess)
            isFresh = true
            heldBytes -= piece.bytes.count
            held[start] = nil
            (start, next) = (start + 1, next + 1)
        }
        // Moved seldom, so that each piece is moved once at most on the average.
        guard start > 64, 2 * start >= held.count else { return }
        held.removeFirst(start)
        start = 0
    }

    /// Writes what the reader takes.
    public mutating func pump(now: Double) throws(SystemError) {
        isFresh = false
        do throws(SystemError) {
            try output.pump()
        } catch {
            countLosses()
            throw error
        }
        // Seldom, so that each is moved once at most on the average.
        let pending = output.pendingPieces
        if passed.count > 64, passed.count > 2 * pending { passed = Array(passed.suffix(pending)) }
    }

    /// At once for what has just come, soon for what the reader did not take.
    public func pumpTime(now: Double) -> Double? {
        guard output.pendingCount > 0 else { return nil }
        return isFresh ? 0 : now + Self.patience
    }

    /// Writes what is left, as far as no row is missing before it.
    public mutating func finish(isComplete: Bool) throws(JournalError) {
        do throws(SystemError) {
            try output.finish()
        } catch {
            countLosses()
            throw .system(error)
        }
        countLosses()
    }

    private mutating func countLosses() {
        let left = held[start...].compactMap(\.self)
        leftCount = output.pendingPieces + left.count { !$0.isBlank }
        leftSuccessCount = passed.suffix(output.pendingPieces).count { $0 } + left.count { $0.isSuccess }
    }

    /// A stream keeps nothing.
    public func store() throws(SystemError) {}
}
