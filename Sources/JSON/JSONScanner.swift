import Platform

/// A position in a text, and the tokens of RFC 8259 that can be scanned from there.
struct JSONScanner {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position >= text.count }

    /// The byte at the position; nil at the end.
    var peek: UInt8? { position < text.count ? text[position] : nil }

    mutating func advance() {
        position += 1
    }

    @inline(__always)
    mutating func skipWhitespace() {
        // Nothing but white space is below, and servers send none.
        if position < text.count, text[position] > UInt8(ascii: " ") { return }
        skipWhitespaces()
    }

    private mutating func skipWhitespaces() {
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }

    mutating func scanLiteral(_ literal: StaticString) throws(JSONError) {
        for i in 0..<literal.utf8CodeUnitCount {
            guard position + i < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
            guard text[position + i] == literal.utf8Start[i] else { throw JSONError(.expectedValue, at: position) }
        }
        position += literal.utf8CodeUnitCount
    }

    /// Passes over `NaN`, `Infinity` or `-Infinity`; false when none of them stands here.
    mutating func skipNonFinite() -> Bool {
        let spellings: [StaticString] = ["NaN", "Infinity", "-Infinity"]
        let rest = text[min(position, text.count)...]
        let found = spellings.first { spelling in
            rest.starts(with: UnsafeBufferPointer(start: spelling.utf8Start, count: spelling.utf8CodeUnitCount))
        }
        guard let found else { return false }
        position += found.utf8CodeUnitCount
        return true
    }

    mutating func scanNumber() throws(JSONError) {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        if peek == UInt8(ascii: "0") {
            position += 1
        } else {
            try scanDigits(from: start)
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            try scanDigits(from: start)
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            try scanDigits(from: start)
        }
        if let byte = peek, byte == UInt8(ascii: ".") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) {
            throw JSONError(.invalidNumber, at: start)
        }
    }

    private mutating func scanDigits(from start: Int) throws(JSONError) {
        let first = position
        var place = position
        while place < text.count, text[place] &- UInt8(ascii: "0") < 10 { place += 1 }
        position = place
        guard position > first else {
            throw isAtEnd ? JSONError(.unexpectedEnd, at: position) : JSONError(.invalidNumber, at: start)
        }
    }

    /// Scans a string from its opening quote to after its closing one; true if it holds an escape.
    mutating func scanString() throws(JSONError) -> Bool {
        var isEscaped = false
        var place = position + 1
        while place < text.count {
            let byte = text[place]
            // A character of ASCII that stands for itself, as nearly all do.
            if byte &- 0x20 < 0x60, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                place += 1
                continue
            }
            position = place
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return isEscaped
            case UInt8(ascii: "\\"):
                isEscaped = true
                try scanEscape()
            case ..<0x20: throw JSONError(.controlCharacter, at: position)
            default: try scanMultibyte()
            }
            place = position
        }
        position = place
        throw JSONError(.unexpectedEnd, at: position)
    }

    private mutating func scanEscape() throws(JSONError) {
        let start = position
        guard start + 1 < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
        switch text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            for i in 2..<6 {
                guard start + i < text.count else { throw JSONError(.unexpectedEnd, at: text.count) }
                guard hexDigit(text[start + i]) != nil else { throw JSONError(.invalidEscape, at: start) }
            }
            position += 6
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    private mutating func scanMultibyte() throws(JSONError) {
        let length = UTF8Sequence.length(at: position, in: text)
        guard length > 0 else { throw JSONError(.invalidUTF8, at: position) }
        position += length
    }
}

/// The value of an ASCII hexadecimal digit; nil for any other byte.
func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
