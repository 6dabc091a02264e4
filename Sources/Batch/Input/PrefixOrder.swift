import JSON

/// An order of a file's rows in which those with the same long prefix stand next to each other, so that a server finds what
/// it computed for one when it gets the next. Rows without such a partner stay where they are among the others. It takes 24
/// bytes a row, half as many again while it sorts.
public struct PrefixOrder: Sendable {
    /// Where a row stands.
    struct Place: Sendable {
        let number: Int
        let offset: Int
    }

    /// The rows' places in order.
    struct Places {
        fileprivate let entries: [Entry]
        fileprivate var index = 0

        /// The next place; nil after the last.
        mutating func next() -> Place? {
            guard index < entries.count else { return nil }
            defer { index += 1 }
            return Place(number: Int(entries[index].number), offset: entries[index].offset)
        }
    }

    fileprivate struct Entry: Sendable {
        /// Hashes of longer and longer prefixes, the shortest in the highest bits; then the place in the order.
        var key: UInt64
        let offset: Int
        let number: UInt32
    }

    /// How many bytes the prefixes have that are compared, and how many bits each hash has. Prompts are cached in blocks of 128
    /// tokens, which English fills with some 500 bytes.
    private static let levels: [(length: Int, bits: UInt64)] = [(384, 32), (1536, 16), (6144, 8), (24_576, 8)]

    private var entries: [Entry] = []

    /// The rows in order, after they were sorted.
    var places: Places { Places(entries: entries) }

    /// Adds a row, in the order of the file.
    mutating func add(_ row: Row, _ record: Record) {
        add(record, key: Self.key(of: row.body))
    }

    /// Adds a row that can't be sent.
    mutating func add(_ record: Record) {
        add(record, key: nil)
    }

    private mutating func add(_ record: Record, key: UInt64?) {
        let number = UInt32(clamping: record.number)
        // Zeros in the highest bits, which no prefix has, and the number: a group of one.
        entries.append(Entry(key: key ?? UInt64(number), offset: record.offset, number: number))
    }

    /// Sorts the rows: by groups with the same shortest prefix, in the order of their first rows, then by longer ones.
    mutating func sort() {
        entries.sort { ($0.key, $0.number) < ($1.key, $1.number) }
        var start = 0
        while start < entries.count {
            let group = entries[start].key >> 32
            var end = start + 1
            var first = entries[start].number
            while end < entries.count, group > 0, entries[end].key >> 32 == group {
                first = min(first, entries[end].number)
                end += 1
            }
            for rank in start..<end { entries[rank].key = UInt64(first) << 32 | UInt64(rank) }
            start = end
        }
        entries.sort { $0.key < $1.key }
    }

    /// Hashes of a request's model and the prefixes of its prompt; nil when the prompt is too short to be cached.
    private static func key(of body: JSONValue) -> UInt64? {
        guard case .object(let members) = body, members.count > RequestDefaults.promptPlace else { return nil }
        let prompt = prefixBytes(of: members[RequestDefaults.promptPlace].value)
        guard prompt.count >= levels[0].length else { return nil }
        var hash = UInt64(0xCBF2_9CE4_8422_2325)
        if case .string(let model) = members[0].value { add(model[...], to: &hash) }
        var (key, start) = (UInt64(0), 0)
        for level in levels {
            let isReached = prompt.count >= level.length
            if isReached { add(prompt[start..<level.length], to: &hash) }
            key = key << level.bits | (isReached ? mixed(hash) >> (64 - level.bits) : 0)
            start = level.length
        }
        // Only rows without a prefix have zeros in the highest bits.
        return key >> 32 > 0 ? key : key | 1 << 32
    }

    private static func prefixBytes(of prompt: JSONValue) -> [UInt8] {
        switch prompt {
        case .string(let text): text
        case .document(let document): document.bytes
        case .array(let texts): texts.first.map(prefixBytes) ?? []
        default: []
        }
    }

    /// FNV-1a, which is quick on bytes that come one after the other.
    private static func add(_ bytes: ArraySlice<UInt8>, to hash: inout UInt64) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    /// The hash with every bit depending on all of it.
    private static func mixed(_ hash: UInt64) -> UInt64 {
        var hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}
