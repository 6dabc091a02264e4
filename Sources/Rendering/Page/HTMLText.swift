import API
import Platform

/// Text from outside as HTML: no character of it is markup, and none that would be invisible or reorder the page is left.
enum HTMLText {
    /// The bytes as the content of an element or of a quoted attribute, on one line: `&lt;`, `\n`, `\x00`, `\u{202e}`.
    static func plain(_ bytes: some Collection<UInt8>) -> String {
        String(bytes: { output in
            VisibleText.append(Array(bytes)[...], to: &output)
            escapeMarkup(in: &output, from: 0)
        })
    }

    /// The same of a text.
    static func plain(_ text: String) -> String { plain(text.utf8) }

    /// A quoted token, isolated from the direction of what is around it.
    static func token(_ bytes: [UInt8]) -> String { String(bytes: { append(token: bytes, to: &$0) }) }

    /// What names a token that the model weighed, likewise.
    static func token(_ alternative: TokenLogprob.Alternative) -> String {
        String(bytes: { append(token: alternative, to: &$0) })
    }

    /// The bytes as running text: what is spelled out stands in an element of its own, so that it can't be mistaken for the
    /// same characters in the text, and a newline is shown before it breaks the line.
    ///
    /// - Parameter breaksLines: whether a newline also breaks the line.
    static func running(_ bytes: [UInt8], breaksLines: Bool = true) -> String {
        String(bytes: { append(running: bytes, breaksLines: breaksLines, to: &$0) })
    }

    /// Appends what ``token(_:)`` gives.
    static func append(token bytes: [UInt8], to output: inout [UInt8]) {
        output.append("<bdi>")
        TokenText.append(quoting: bytes[...], inHTML: true, to: &output)
        output.append("</bdi>")
    }

    /// Appends what names a token that the model weighed.
    static func append(token alternative: TokenLogprob.Alternative, to output: inout [UInt8]) {
        output.append("<bdi>")
        TokenText.append(nameOf: alternative, inHTML: true, to: &output)
        output.append("</bdi>")
    }

    /// Appends what ``running(_:breaksLines:)`` gives.
    static func append(running bytes: [UInt8], breaksLines: Bool = true, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var (position, isMarked) = (0, false)
            func mark(_ isSpelled: Bool, _ output: inout [UInt8]) {
                if isSpelled != isMarked { output += (isMarked ? "</u>" : "<u>").utf8 }
                isMarked = isSpelled
            }
            while position < buffer.count {
                let byte = buffer[position]
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") {
                    mark(false, &output)
                    appendSpace(byte, breaksLines, to: &output)
                    position += 1
                    continue
                }
                let length = max(1, UTF8Sequence.length(at: position, in: buffer))
                let character = buffer[position..<position + length]
                if length == 1, let entity = entity(of: byte) {
                    mark(false, &output)
                    output.append(entity)
                } else if 0x20...0x7E ~= byte {
                    mark(false, &output)
                    output.append(byte)
                } else {
                    let shown = VisibleText.escape(character).utf8
                    mark(!shown.elementsEqual(character), &output)
                    output += shown
                }
                position += length
            }
            mark(false, &output)
        }
    }

    private static func appendSpace(_ byte: UInt8, _ breaksLines: Bool, to output: inout [UInt8]) {
        guard byte == UInt8(ascii: "\n") else {
            output += "<u>\\t</u>".utf8
            return
        }
        output += "<u class=\"n\">\\n</u>".utf8
        if breaksLines { output.append(byte) }
    }

    /// Puts entities in place of what is markup, from a place of the output on.
    static func escapeMarkup(in output: inout [UInt8], from start: Int) {
        var read = output.count
        for place in start..<read {
            if let entity = entity(of: output[place]) { output.append(0, times: entity.utf8CodeUnitCount - 1) }
        }
        // From the end, so that each byte is moved once.
        var write = output.count
        while read < write {
            read -= 1
            if let entity = entity(of: output[read]) {
                write -= entity.utf8CodeUnitCount
                for offset in 0..<entity.utf8CodeUnitCount { output[write + offset] = entity.utf8Start[offset] }
            } else {
                write -= 1
                output[write] = output[read]
            }
        }
    }

    /// What stands for a byte that would be markup; nil for every other.
    static func entity(of byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
