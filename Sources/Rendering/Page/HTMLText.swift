import API
import Platform

/// Text from outside as HTML: no character of it is markup, and none that would be invisible or reorder the page is left.
enum HTMLText {
    /// The bytes as the content of an element or of a quoted attribute, on one line: `&lt;`, `\n`, `\x00`, `\u{202e}`.
    static func plain(_ bytes: some Collection<UInt8>) -> String { escape(VisibleText.escape(bytes)) }

    /// The same of a text.
    static func plain(_ text: String) -> String { plain(Array(text.utf8)) }

    /// A quoted token, isolated from the direction of what is around it.
    static func token(_ bytes: [UInt8]) -> String { "<bdi>" + escape(TokenText.quote(bytes)) + "</bdi>" }

    /// What names a token that the model weighed, likewise.
    static func token(_ alternative: TokenLogprob.Alternative) -> String {
        "<bdi>" + escape(TokenText.name(alternative)) + "</bdi>"
    }

    /// The bytes as running text: what is spelled out stands in an element of its own, so that it can't be mistaken for the
    /// same characters in the text, and a newline is shown before it breaks the line.
    ///
    /// - Parameter breaksLines: whether a newline also breaks the line.
    static func running(_ bytes: [UInt8], breaksLines: Bool = true) -> String {
        var result = ""
        var start = 0
        for place in bytes.indices where isSpelled(bytes[place]) {
            result += spell(bytes[start..<place]) + mark(bytes[place], breaksLines)
            start = place + 1
        }
        return result + spell(bytes[start...])
    }

    /// Bytes without line breaks or tabs; those that are shown otherwise than they are, marked.
    private static func spell(_ bytes: ArraySlice<UInt8>) -> String {
        var result = ""
        var isMarked = false
        for character in Pieces(bytes) {
            if character.isSpelled != isMarked {
                result += isMarked ? "</u>" : "<u>"
                isMarked.toggle()
            }
            result += escape(character.text)
        }
        return result + (isMarked ? "</u>" : "")
    }

    private static func isSpelled(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") }

    private static func mark(_ byte: UInt8, _ breaksLines: Bool) -> String {
        byte == UInt8(ascii: "\n") ? "<u class=\"n\">\\n</u>" + (breaksLines ? "\n" : "") : "<u>\\t</u>"
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension HTMLText {
    /// The characters of bytes, each as it is shown.
    private struct Pieces: Sequence, IteratorProtocol {
        private let bytes: ArraySlice<UInt8>
        private var place: Int

        init(_ bytes: ArraySlice<UInt8>) {
            self.bytes = bytes
            place = bytes.startIndex
        }

        mutating func next() -> (text: String, isSpelled: Bool)? {
            guard place < bytes.endIndex else { return nil }
            let rest = bytes[place...].prefix(4)
            let length = rest.withUnsafeBufferPointer { UTF8Sequence.length(at: 0, in: $0) }
            let character = rest.prefix(Swift.max(1, length))
            place += character.count
            let shown = VisibleText.escape(character)
            return (shown, !shown.utf8.elementsEqual(character))
        }
    }
}
