import Platform

/// The first 128 bits of the SHA-256 of an id, which stand for it.
public struct IDDigest: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    /// A digest of these bits.
    init(high: UInt64, low: UInt64) {
        (self.high, self.low) = (high, low)
    }

    /// The digest of an id.
    public init(of id: [UInt8]) {
        let words = SHA256.words(of: id)
        high = UInt64(words[0]) << 32 | UInt64(words[1])
        low = UInt64(words[2]) << 32 | UInt64(words[3])
    }
}

/// How far a row has come by the records that were found of it.
public enum RowState: UInt8, Sendable {
    /// No record was found.
    case open
    /// A record of its success was found.
    case done
    /// Only a record of its failure was found.
    case failed
    /// A record of another request under its id was found.
    case changed
    /// A second record was found.
    case repeated
}

/// What is known of each row, found by its id: at most 64 bytes a row, also while the table grows.
///
/// There is one table, which scan, journal and verification share: a class, so that it is never copied. Rows have indices
/// from 0 in the order in which they were inserted, which for a file is that of its lines.
public final class RowTable {
    /// What inserting an id came to.
    public enum Insertion: Equatable, Sendable {
        /// The id is new; its row has this index.
        case inserted(Int)
        /// The row at this index has the id already.
        case repeated(Int)
    }

    /// 32 bytes.
    private struct Entry {
        let id: IDDigest
        var digest: UInt64
        let line: UInt32
        var state: RowState
        let isElsewhere: Bool
        let isBad: Bool
        var isUnexpected = false
    }

    /// Entries stand in blocks, so that none is copied when there are more.
    private static let blockSize = 1 << 12
    private var blocks: [[Entry]] = []
    /// Indices of entries plus 1, or 0, at the place that the id says or the next free one; a power of 2, and at most three
    /// quarters of it are used.
    private var places = [UInt32](repeating: 0, count: 1024)
    /// How many rows there are.
    public private(set) var count = 0

    /// A table without rows.
    public init() {}

    /// The most rows that a table takes.
    public static let limit = Int(UInt32.max) - 1

    /// How many bytes its arrays take.
    var byteCount: Int {
        places.capacity * MemoryLayout<UInt32>.stride
            + blocks.reduce(0) { $0 + $1.capacity * MemoryLayout<Entry>.stride + 32 }
            + blocks.capacity * MemoryLayout<[Entry]>.stride
    }

    /// Inserts a row unless its id is there.
    ///
    /// - Parameters:
    ///   - digest: of its request; nil for a row that can't be sent.
    ///   - line: its number, from 1.
    ///   - isElsewhere: whether it belongs to another shard.
    public func insert(
        _ id: IDDigest, digest: RequestDigest?, line: Int, isElsewhere: Bool = false
    ) -> Insertion {
        let place = place(of: id)
        if places[place] > 0 { return .repeated(Int(places[place]) - 1) }
        let entry = Entry(
            id: id, digest: digest.map(Self.prefix) ?? 0, line: UInt32(clamping: line), state: .open,
            isElsewhere: isElsewhere, isBad: digest == nil)
        append(entry)
        places[place] = UInt32(count)
        if 4 * count > 3 * places.count { grow() }
        return .inserted(count - 1)
    }

    /// Which row has an id; nil for none.
    public func index(of id: IDDigest) -> Int? {
        let found = places[place(of: id)]
        return found > 0 ? Int(found) - 1 : nil
    }

    /// The row's number, from 1.
    public func line(at index: Int) -> Int { Int(self[index].line) }

    /// Whether the row belongs to another shard.
    public func isElsewhere(at index: Int) -> Bool { self[index].isElsewhere }

    /// Whether the row can't be sent, so that it has no digest.
    public func isBad(at index: Int) -> Bool { self[index].isBad }

    /// Whether the row's request has this digest, as far as the table keeps it: 64 bits.
    public func matches(_ digest: RequestDigest, at index: Int) -> Bool {
        !self[index].isBad && self[index].digest == Self.prefix(digest)
    }

    /// Takes another request for the row's.
    func setDigest(_ digest: RequestDigest, at index: Int) { self[index].digest = Self.prefix(digest) }

    /// How far the row has come.
    public subscript(state index: Int) -> RowState {
        get { self[index].state }
        set { self[index].state = newValue }
    }

    /// Whether the completion that was found of the row is not as it was expected to be.
    public subscript(isUnexpected index: Int) -> Bool {
        get { self[index].isUnexpected }
        set { self[index].isUnexpected = newValue }
    }

    private subscript(index: Int) -> Entry {
        get { blocks[index / Self.blockSize][index % Self.blockSize] }
        _modify { yield &blocks[index / Self.blockSize][index % Self.blockSize] }
    }

    private func append(_ entry: Entry) {
        if count % Self.blockSize == 0 {
            var block: [Entry] = []
            // The first ones of a small input need no whole block.
            if count > 0 { block.reserveCapacity(Self.blockSize) }
            blocks.append(block)
        }
        blocks[count / Self.blockSize].append(entry)
        count += 1
    }

    /// Where the id stands, or would stand.
    private func place(of id: IDDigest) -> Int {
        var place = Int(truncatingIfNeeded: id.low) & (places.count - 1)
        while places[place] > 0, self[Int(places[place]) - 1].id != id { place = (place + 1) & (places.count - 1) }
        return place
    }

    private func grow() {
        places = [UInt32](repeating: 0, count: 2 * places.count)
        for index in 0..<count { places[place(of: self[index].id)] = UInt32(index + 1) }
    }

    private static func prefix(_ digest: RequestDigest) -> UInt64 {
        digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
