/// What a server's `text_offset` says of the place of a token in a choice's text.
///
/// Offsets count characters, UTF-16 units or bytes from wherever the server likes: which, and from where, is read off the
/// tokens whose places are known by their texts.
struct OffsetScale {
    /// Where an offset is.
    enum Place: Equatable {
        /// At this offset in bytes after the reader's place.
        case ahead(Int)
        /// Beyond what has come of the text.
        case beyond
        /// Not known, or already passed.
        case unknown
    }

    private enum Unit: Int, CaseIterable {
        case characters, utf16, bytes
    }

    /// By unit.
    private typealias Counts = SIMD3<Int>

    /// Of all text that came, and of that before the reader's place.
    private var total = Counts.zero
    private var passed = Counts.zero
    /// The offset of the text's beginning, by unit; nil while it is not known.
    private var origin: Counts?
    /// Those that no token has contradicted.
    private var units = Unit.allCases
    /// How many more bytes may be looked through, so that offsets that make no sense cost no more than some passes.
    private var budget = 0

    /// Takes note of text that came.
    mutating func append(_ text: [UInt8]) {
        total &+= Self.counts(text[...])
        budget += 8 * text.count
    }

    /// Moves the reader's place over this text.
    mutating func pass(_ text: ArraySlice<UInt8>) {
        passed &+= Self.counts(text)
    }

    /// Learns from a token whose text begins at the reader's place.
    mutating func note(_ offset: Int) {
        if let origin {
            units = units.filter { origin[$0.rawValue] &+ passed[$0.rawValue] == offset }
            guard units.isEmpty else { return }
        }
        units = Unit.allCases
        origin = Counts(repeating: offset) &- passed
    }

    /// Takes the offset of the first token for that of the text's beginning, when nothing is known.
    ///
    /// - Parameters:
    ///   - last: that of the last token, which tells a unit in which the text would be too short for it; nil while more
    ///     may come.
    mutating func begin(at offset: Int, last: Int?) {
        guard origin == nil, passed == .zero else { return }
        origin = Counts(repeating: offset)
        let fitting = units.filter { unit in last.map { $0 &- offset <= total[unit.rawValue] } ?? true }
        if !fitting.isEmpty { units = fitting }
    }

    /// Where an offset is, given the text from the reader's place on.
    ///
    /// - Parameter fits: whether it can be that many bytes ahead, which tells the unit where several are possible.
    mutating func place(_ offset: Int, in rest: ArraySlice<UInt8>, fits: (Int) -> Bool = { _ in true }) -> Place {
        for unit in units {
            guard case .ahead(let bytes) = place(offset, in: rest, by: unit), fits(bytes) else { continue }
            units.removeAll { $0.rawValue < unit.rawValue }
            return .ahead(bytes)
        }
        return units.first.map { place(offset, in: rest, by: $0) } ?? .unknown
    }

    private mutating func place(_ offset: Int, in rest: ArraySlice<UInt8>, by unit: Unit) -> Place {
        guard let origin else { return .unknown }
        let distance = offset &- origin[unit.rawValue] &- passed[unit.rawValue]
        if distance == 0 { return .ahead(0) }
        guard distance > 0, budget > 0 else { return .unknown }
        if distance > total[unit.rawValue] - passed[unit.rawValue] { return .beyond }
        var left = distance
        for (bytes, byte) in rest.enumerated() {
            if left <= 0, byte & 0xC0 != 0x80 {
                budget -= bytes
                return left == 0 ? .ahead(bytes) : .unknown
            }
            left -= Self.steps(byte)[unit.rawValue]
        }
        budget -= rest.count
        return left == 0 ? .ahead(rest.count) : .unknown
    }

    private static func steps(_ byte: UInt8) -> Counts {
        let isLead = byte & 0xC0 != 0x80
        return Counts(isLead ? 1 : 0, isLead ? (byte >= 0xF0 ? 2 : 1) : 0, 1)
    }

    private static func counts(_ text: ArraySlice<UInt8>) -> Counts {
        text.reduce(into: Counts.zero) { $0 &+= steps($1) }
    }
}
