import Flags
import Platform

/// The escapes that `--escapes` reads.
enum Escapes {
    /// The bytes that the text stands for.
    ///
    /// - Throws: ``BadValue`` for what is not an ``EscapeSequence``, and when the result is not UTF-8.
    static func read(_ text: [UInt8]) throws(BadValue) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            let shown = [byte] + rest.prefix(9)
            guard let bytes = EscapeSequence.take(from: &rest) else {
                throw BadValue(
                    "\(quoted: shown) does not begin with one of the escapes \(own: EscapeSequence.list)")
            }
            result += bytes
        }
        if let offset = UTF8Sequence.firstInvalidOffset(in: result) {
            throw BadValue("after replacing escapes, the text is not UTF-8 at byte \(offset)")
        }
        return result
    }

    /// The same of a text that an error names.
    ///
    /// - Throws: ``UsageError``.
    static func read(_ text: [UInt8], of label: Message) throws(UsageError) -> [UInt8] {
        do throws(BadValue) {
            return try read(text)
        } catch {
            throw UsageError("\(label): \(error.problem)")
        }
    }
}
