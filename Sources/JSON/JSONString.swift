/// The two spellings of a JSON string: its characters as UTF-8, and those with escapes between quotes.
public enum JSONString {
    /// Resolves the escapes of a spelling that a reader has accepted.
    ///
    /// - Parameters:
    ///   - spelling: what stands between the quotes.
    ///   - keepsSurrogates: whether a surrogate without its partner becomes the three bytes that UTF-8 would give it.
    /// - Returns: UTF-8; otherwise such a surrogate becomes U+FFFD, since UTF-8 has no form for it.
    public static func unescape(_ spelling: ArraySlice<UInt8>, keepsSurrogates: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(spelling.count)
        var rest = spelling
        while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
            result += rest[rest.startIndex..<backslash]
            rest = rest[(backslash + 1)...]
            appendEscape(from: &rest, to: &result, keepsSurrogates: keepsSurrogates)
        }
        result += rest
        return result
    }

    /// How many bytes at the end of a spelling are the first half of a surrogate pair (`\\ud83d`), whose second half may
    /// come in another string: 6, or 0.
    public static func openSurrogateLength(of spelling: ArraySlice<UInt8>) -> Int {
        guard spelling.count >= 6, spelling[spelling.endIndex - 6] == UInt8(ascii: "\\"),
            spelling[spelling.endIndex - 5] == UInt8(ascii: "u")
        else { return 0 }
        let escape = spelling.suffix(6)
        // After an odd number of backslashes this one is a character and not an escape's.
        let before = spelling.dropLast(6).reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        let unit = escape.dropFirst(2).reduce(UInt16(0)) { $0 << 4 | (hexDigit($1) ?? 0) }
        return before % 2 == 0 && UTF16.isLeadSurrogate(unit) ? 6 : 0
    }

    /// Whether a spelling that a reader has accepted holds a surrogate without its partner.
    static func holdsLoneSurrogate(_ spelling: ArraySlice<UInt8>) -> Bool {
        var rest = spelling
        while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
            rest = rest[(backslash + 1)...]
            guard rest.popFirst() == UInt8(ascii: "u") else { continue }
            let first = takeCodeUnit(from: &rest)
            if UTF16.isTrailSurrogate(first) { return true }
            guard UTF16.isLeadSurrogate(first) else { continue }
            guard rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return true }
            rest = rest.dropFirst(2)
            guard UTF16.isTrailSurrogate(takeCodeUnit(from: &rest)) else { return true }
        }
        return false
    }

    /// Appends the characters in quotes, escaping what JSON demands and nothing else.
    ///
    /// - Parameters:
    ///   - text: UTF-8, which the caller has checked.
    ///   - output: where the spelling goes.
    public static func append(_ text: some Collection<UInt8>, to output: inout [UInt8]) {
        // An array that grows by doubling would hold a huge text twice. A little more is for what follows it.
        if text.count > 1 << 20 { output.reserveCapacity(output.count + spelledLength(of: text) + text.count / 32) }
        output.append(UInt8(ascii: "\""))
        if text.withContiguousStorageIfAvailable({ appendRuns(of: $0, to: &output) }) == nil {
            Array(text).withUnsafeBufferPointer { appendRuns(of: $0, to: &output) }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Appends what needs no escape in one go.
    private static func appendRuns(of text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var start = 0
        for (place, byte) in text.enumerated() where needsEscape(byte) {
            output += UnsafeBufferPointer(rebasing: text[start..<place])
            appendEscaped(byte, to: &output)
            start = place + 1
        }
        output += UnsafeBufferPointer(rebasing: text[start...])
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func spelledLength(of text: some Collection<UInt8>) -> Int {
        text.reduce(2) { length, byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x08, 0x09, 0x0A, 0x0C, 0x0D: length + 2
            case ..<0x20: length + 6
            default: length + 1
            }
        }
    }

    private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            output += Array("u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// Takes one escape, without its backslash, from the front of `rest`.
    private static func appendEscape(
        from rest: inout ArraySlice<UInt8>, to result: inout [UInt8], keepsSurrogates: Bool
    ) {
        let kind = rest.removeFirst()
        switch kind {
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"): appendUnicodeEscape(from: &rest, to: &result, keepsSurrogates)
        default: result.append(kind)
        }
    }

    private static func appendUnicodeEscape(
        from rest: inout ArraySlice<UInt8>, to result: inout [UInt8], _ keepsSurrogates: Bool
    ) {
        let first = takeCodeUnit(from: &rest)
        if let scalar = Unicode.Scalar(first) { return appendScalar(scalar, to: &result) }
        if UTF16.isLeadSurrogate(first), rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            var afterSecond = rest.dropFirst(2)
            let second = takeCodeUnit(from: &afterSecond)
            if UTF16.isTrailSurrogate(second) {
                rest = afterSecond
                let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
                return appendScalar(Unicode.Scalar(value), to: &result)
            }
        }
        guard keepsSurrogates else { return appendScalar(nil, to: &result) }
        result += [0xE0 | UInt8(first >> 12), 0x80 | UInt8(first >> 6 & 0x3F), 0x80 | UInt8(first & 0x3F)]
    }

    private static func takeCodeUnit(from rest: inout ArraySlice<UInt8>) -> UInt16 {
        let unit = rest.prefix(4).reduce(0) { $0 << 4 | (hexDigit($1) ?? 0) }
        rest = rest.dropFirst(4)
        return unit
    }

    private static func appendScalar(_ scalar: Unicode.Scalar?, to result: inout [UInt8]) {
        result += UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
    }
}
