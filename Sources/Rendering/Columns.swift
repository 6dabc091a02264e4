/// How many columns text takes on a terminal.
public enum Columns {
    /// The columns of a text without control characters; a cluster such as a flag or a family counts once.
    public static func count(_ text: some StringProtocol) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + width(of: $1) }
    }

    /// The same of UTF-8.
    static func count(_ text: [UInt8]) -> Int {
        var (count, place) = (0, 0)
        while place < text.count {
            switch text[place] {
            case ..<0x80: place += 1
            // Latin letters, of which each is a cluster of one column.
            case 0xC2...0xCB: place += 2
            // The blocks of which bars are made.
            case 0xE2 where place + 2 < text.count && text[place + 1] == 0x96 && text[place + 2] < 0xA0: place += 3
            default: return self.count(String(decoding: text, as: UTF8.self))
            }
            count += 1
        }
        return count
    }

    /// The longest beginning of a text that fits, with an ellipsis in its last column when something was left out.
    public static func fit(_ text: String, into columns: Int) -> String {
        guard count(text) > columns else { return text }
        var result = ""
        var used = 0
        for character in text {
            let width = width(of: character)
            if used + width > columns - 1 { break }
            result.append(character)
            used += width
        }
        return columns > 0 ? result + "\u{2026}" : ""
    }

    /// The lines of a text that are broken between words where it does not fit; a longer word is left to the terminal.
    public static func wrap(_ text: String, into columns: Int) -> [String] {
        guard count(text) > columns else { return [text] }
        var lines: [String] = []
        var (line, used) = ("", 0)
        for (place, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            let width = count(word)
            if used > 0, used + 1 + width > columns {
                lines.append(line)
                (line, used) = ("", 0)
            } else if place > 0 {
                line += " "
                used += 1
            }
            line += word
            used += width
        }
        return lines + [line]
    }

    /// The text with spaces after it, or before it, up to a number of columns.
    public static func pad(_ text: String, to columns: Int, alignRight: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, columns - count(text)))
        return alignRight ? spaces + text : text + spaces
    }

    /// The columns of one grapheme cluster: those of its widest character, two when it asks for emoji presentation.
    public static func width(of cluster: Character) -> Int {
        if cluster.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        return cluster.unicodeScalars.reduce(0) { max($0, width(of: $1)) }
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return WideRanges.contain(scalar.value) ? 2 : 1
        }
    }
}
