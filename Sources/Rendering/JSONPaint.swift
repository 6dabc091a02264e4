/// Colors a JSON text as it is laid out: keys, strings and nulls.
struct JSONPaint {
    private let key: [UInt8]?
    private let string: [UInt8]?
    private let null: [UInt8]?

    init(_ support: ColorSupport) {
        let paint = Paint(support)
        (key, string, null) = (
            paint.opening(of: .jsonKey), paint.opening(of: .jsonString), paint.opening(of: .jsonNull)
        )
    }

    /// What a terminal with colors gets of a context's documents; nil where they stay as they are.
    init?(_ context: RenderContext) {
        guard context.isTerminal, context.color.depth > .none else { return nil }
        self.init(context.color)
    }

    /// The text with colors; without any, as it is.
    func paint(_ json: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(json.count * 2)
        var place = 0
        while place < json.count {
            let end = Self.endOfToken(in: json, at: place)
            if let opening = style(of: json, place, end) {
                output += opening
                output += json[place..<end]
                output += Paint.closing
            } else {
                output += json[place..<end]
            }
            place = end
        }
        return output
    }

    private func style(of json: [UInt8], _ place: Int, _ end: Int) -> [UInt8]? {
        switch json[place] {
        case UInt8(ascii: "\""): Self.isColon(json, after: end) ? key : string
        case UInt8(ascii: "n"): null
        default: nil
        }
    }

    /// The end of the string or word that begins at a place; of other bytes, the next place.
    private static func endOfToken(in json: [UInt8], at start: Int) -> Int {
        var place = start + 1
        if json[start] == UInt8(ascii: "\"") {
            while place < json.count, json[place] != UInt8(ascii: "\"") {
                place += json[place] == UInt8(ascii: "\\") ? 2 : 1
            }
            return min(place + 1, json.count)
        }
        guard isLetter(json[start]) else { return place }
        while place < json.count, isLetter(json[place]) { place += 1 }
        return place
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    private static func isColon(_ json: [UInt8], after end: Int) -> Bool {
        json[end...].first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == UInt8(ascii: ":")
    }
}
