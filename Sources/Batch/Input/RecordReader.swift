import Platform

/// What stands before one terminator in an input.
public struct Record: Sendable {
    /// Which it is, from 1.
    public let number: Int
    /// Where it begins: bytes from the start of the file, or from where a pipe was first read.
    public let offset: Int
    /// Its bytes without the terminator; none when it is too long.
    public let bytes: [UInt8]
    /// Whether it has more bytes than a record may have.
    public let isTooLong: Bool

    /// A record.
    public init(number: Int, offset: Int, bytes: [UInt8], isTooLong: Bool = false) {
        (self.number, self.offset, self.bytes, self.isTooLong) = (number, offset, bytes, isTooLong)
    }
}

/// Splits an input into records, byte for byte. The last one may lack its terminator. No more is held in memory than a
/// piece and the record that is read, up to the limit.
struct RecordReader {
    /// What a step came to.
    enum Step {
        case record(Record)
        case pending
        case end
    }

    /// More bytes in one record than these are no prompt that a server takes.
    static let usualLimit = 64 << 20

    /// After so many pieces of a record a reader that does not wait looks up: a pipe may never bring its end.
    private static let piecesAtOnce = 16

    private let pieces: PieceReader
    private let isFile: Bool
    private let terminator: UInt8
    private let limit: Int
    /// Where the next byte of the piece is; the piece's length when it is used up.
    private var next = 0
    /// The bytes of the record that earlier pieces held.
    private var begun: [UInt8] = []
    private var isTooLong = false
    /// Where the record begins that is read.
    private(set) var offset: Int
    /// How many bytes of it were taken so far.
    private var length = 0
    /// How many records were read, or passed by.
    private(set) var number = 0

    /// Reads an input from its start.
    init(_ input: BatchInput, terminator: UInt8, limit: Int = usualLimit) {
        pieces = PieceReader(input.descriptor, input.label, from: input.start)
        isFile = input.isFile
        offset = input.start ?? 0
        (self.terminator, self.limit) = (terminator, limit)
    }

    /// The next record.
    ///
    /// - Parameter waits: whether to wait for bytes of a pipe; otherwise the step may be pending, also when a record is so long
    ///   that the caller has other work to see to.
    /// - Throws: ``SystemError`` for a signal when it waits, or meets a long record of a file, and what the system says.
    mutating func read(waits: Bool) throws(SystemError) -> Step {
        var pieceCount = 0
        while true {
            if next < pieces.bytes.count {
                if let end = pieces.firstIndex(of: terminator, from: next) { return .record(finish(at: end)) }
                add(next..<pieces.bytes.count)
                next = pieces.bytes.count
            }
            pieceCount += 1
            if pieceCount > Self.piecesAtOnce, !waits {
                guard isFile else { return .pending }
                try StopSignals.check()
            }
            switch try pieces.read(waits: waits) {
            case .bytes: next = 0
            case .pending: return .pending
            case .end:
                next = 0
                guard length > 0 else { return .end }
                return .record(take())
            }
        }
    }

    /// Reads on at another place of a file, where a record begins.
    mutating func move(to place: Int, number: Int) {
        pieces.move(to: place)
        (next, offset, length, isTooLong, self.number) = (pieces.bytes.count, place, 0, false, number - 1)
        begun.removeAll()
    }

    private mutating func finish(at end: Int) -> Record {
        add(next..<end)
        next = end + 1
        length += 1
        return take()
    }

    private mutating func add(_ range: Range<Int>) {
        length += range.count
        isTooLong = isTooLong || begun.count + range.count > limit
        if isTooLong {
            begun = []
        } else {
            begun += UnsafeBufferPointer(rebasing: pieces.bytes[range])
        }
    }

    private mutating func take() -> Record {
        number += 1
        let record = Record(number: number, offset: offset, bytes: begun, isTooLong: isTooLong)
        offset += length
        (begun, length, isTooLong) = ([], 0, false)
        return record
    }
}
