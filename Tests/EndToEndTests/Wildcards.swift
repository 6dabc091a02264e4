/// A text in which `{*}` stands for anything on one line, and `{**}` for anything at all.
struct Wildcards {
    private enum Part {
        case bytes([UInt8])
        case anything(acrossLines: Bool)
    }

    private let parts: [Part]

    /// Reads a pattern.
    init(_ pattern: [UInt8]) {
        var parts: [Part] = []
        var rest = pattern[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
            let isLong = rest[start...].starts(with: "{**}".utf8)
            guard isLong || rest[start...].starts(with: "{*}".utf8) else {
                parts.append(.bytes(Array(rest[...start])))
                rest = rest[(start + 1)...]
                continue
            }
            parts += [.bytes(Array(rest[..<start])), .anything(acrossLines: isLong)]
            rest = rest[(start + (isLong ? 4 : 3))...]
        }
        self.parts = parts + [.bytes(Array(rest))]
    }

    /// Whether the whole of a text is as the pattern says.
    func match(_ text: [UInt8]) -> Bool {
        // The places in the text up to which the parts so far can reach.
        var places: Set<Int> = [0]
        for part in parts {
            switch part {
            case .bytes(let bytes):
                places = Set(places.filter { text[$0...].starts(with: bytes) }.map { $0 + bytes.count })
            case .anything(let acrossLines):
                places = Set(
                    places.flatMap { place in
                        place...(acrossLines ? text.count : text[place...].firstIndex(of: 0x0A) ?? text.count)
                    })
            }
        }
        return places.contains(text.count)
    }
}
