import Platform

/// How bytes are shown at a terminal so that they can't steer it: text from outside could move the cursor, set the title or
/// write the clipboard.
///
/// Control characters other than newline and tab, C1 controls, bidirectional overrides and bytes that are not UTF-8 become
/// visible escapes.
struct TerminalEscapes: Sendable {
    /// How an escape is spelled.
    enum Spelling: Sendable {
        /// `\x1b`, `\u{9b}`.
        case text
        /// `\u009b`, which leaves JSON the value it was.
        case json
    }

    /// Which escape sequences a format writes itself; every other one is text from outside.
    enum OwnSequences: Sendable {
        case none
        /// Colors and attributes (SGR).
        case colors
        /// Those, and what takes back the end of the line.
        case colorsAndErasure
    }

    let spelling: Spelling
    let ownSequences: OwnSequences
    /// Whether a NUL is a separator, which a terminal passes over.
    let keepsNUL: Bool
    /// Whether characters that can't be seen are spelled, too: a completion's text has joiners, but in a document they hide text.
    var spellsInvisible = false

    /// Appends bytes; an incomplete character at their end counts as no UTF-8.
    func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                if let end = ownSequence(in: buffer, at: position) {
                    output += buffer[position..<end]
                    position = end
                    continue
                }
                let length = UTF8Sequence.length(at: position, in: buffer)
                if let escape = escape(buffer, position, length) {
                    output += Array(escape.utf8)
                } else {
                    output += buffer[position..<position + length]
                }
                position += max(1, length)
            }
        }
    }

    /// The end of a sequence that the format may write, if one begins at this place.
    private func ownSequence(in buffer: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
        guard ownSequences != .none, buffer[position] == 0x1B, position + 2 < buffer.count,
            buffer[position + 1] == UInt8(ascii: "[")
        else { return nil }
        var end = position + 2
        while end < buffer.count, (0x30...0x39).contains(buffer[end]) || buffer[end] == UInt8(ascii: ";") { end += 1 }
        guard end < buffer.count else { return nil }
        switch buffer[end] {
        case UInt8(ascii: "m"): return end + 1
        case UInt8(ascii: "D"), UInt8(ascii: "K"): return ownSequences == .colorsAndErasure ? end + 1 : nil
        default: return nil
        }
    }

    /// The spelling of a character that a terminal would act on; nil for every other.
    private func escape(_ buffer: UnsafeBufferPointer<UInt8>, _ position: Int, _ length: Int) -> String? {
        let lead = buffer[position]
        switch length {
        case 0: return spelling == .text ? Self.hex(lead, "\\x", 2) : "\u{FFFD}"
        case 1:
            guard lead < 0x20 || lead == 0x7F, lead != UInt8(ascii: "\n"), lead != UInt8(ascii: "\t") else {
                return nil
            }
            if lead == 0, keepsNUL { return nil }
            if spelling == .json { return Self.hex(lead, "\\u", 4) }
            return lead == UInt8(ascii: "\r") ? "\\r" : Self.hex(lead, "\\x", 2)
        default:
            let character = String(decoding: buffer[position..<position + length], as: UTF8.self)
            guard let scalar = character.unicodeScalars.first,
                Self.isUnsafe(scalar.value) || spellsInvisible && InvisibleRanges.contain(scalar.value)
            else { return nil }
            return spelling == .json
                ? character.utf16.map { Self.hex($0, "\\u", 4) }.joined()
                : "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    private static func isUnsafe(_ scalar: UInt32) -> Bool {
        (0x80..<0xA0).contains(scalar) || (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
    }

    private static func hex(_ value: some BinaryInteger, _ prefix: String, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return prefix + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
