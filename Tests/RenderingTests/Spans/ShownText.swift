/// What a heatmap or a page shows as a choice's text, read back from its output by what the documents say of it.
enum ShownText {
    /// The text of a heatmap that has neither legend nor notes, as where choices are separated by NULs.
    ///
    /// - Parameters:
    ///   - isColored: whether brackets and braces are the text's own.
    static func ofHeatmap(_ output: String, isColored: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var isOutside = false
        var rest = Array(output.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case 0: break
            case 0x1B: rest = rest.drop { $0 != UInt8(ascii: "m") }.dropFirst()
            case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                if isColored, !isOutside { bytes.append(byte) }
            case UInt8(ascii: "\n"): break
            case UInt8(ascii: "\\"):
                if rest.first == UInt8(ascii: "(") || rest.first == UInt8(ascii: ")") {
                    isOutside = rest.removeFirst() == UInt8(ascii: "(")
                } else {
                    let character = unescape(&rest)
                    if !isOutside { bytes += character }
                }
            default: if !isOutside { bytes.append(byte) }
            }
        }
        return bytes
    }

    /// The text of a page's only choice.
    static func ofPage(_ page: String) -> [UInt8] {
        var bytes: [UInt8] = []
        guard let begin = page.firstRange(of: "<div class=\"text\" lang=\"\" dir=\"auto\">"),
            let end = page[begin.upperBound...].firstRange(of: "</div>")
        else { return [] }
        var rest = Array(page[begin.upperBound..<end.lowerBound].utf8)[...]
        // The elements that are open, and how many of them are around what is not text.
        var open: [Bool] = []
        var isSpelled = false
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "<") {
                let tag = String(decoding: rest.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
                rest = rest.dropFirst(tag.utf8.count + 1)
                isSpelled = tag.hasPrefix("u")
                if tag.hasPrefix("/") {
                    open.removeLast()
                } else {
                    open.append(tag.contains("class=\"p\"") || tag == "del")
                }
            } else if !open.contains(true) {
                bytes += isSpelled ? spelled(byte, &rest) : character(byte, &rest)
            }
        }
        return bytes
    }

    /// What is spelled out stands alone in its element; the sign of an empty token stands for nothing.
    private static func spelled(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        if byte == UInt8(ascii: "\\") { return unescape(&rest) }
        rest = rest.dropFirst(2)
        return []
    }

    /// A newline was told before it breaks the line.
    private static func character(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        if byte == UInt8(ascii: "\n") { return [] }
        guard byte == UInt8(ascii: "&") else { return [byte] }
        let name = String(decoding: rest.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
        rest = rest.dropFirst(name.utf8.count + 1)
        return Array((["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'"][name] ?? "?").utf8)
    }

    /// What follows a backslash.
    private static func unescape(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let kind = rest.removeFirst()
        switch kind {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "x"):
            defer { rest = rest.dropFirst(2) }
            return [UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0]
        case UInt8(ascii: "u"):
            let digits = String(decoding: rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }, as: UTF8.self)
            rest = rest.dropFirst(digits.utf8.count + 2)
            return Array(String(Unicode.Scalar(UInt32(digits, radix: 16) ?? 0) ?? "?").utf8)
        default: return [kind]
        }
    }
}
