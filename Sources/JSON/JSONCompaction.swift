/// JSON texts without the white space between their tokens.
public enum JSONCompaction {
    /// A text without the white space around and between its tokens; every key, string and number spelled as it stands,
    /// members in their order, also those of one key.
    ///
    /// - Returns: nil for what is not one JSON text (RFC 8259), or is nested deeper than ``JSONDocument`` reads.
    public static func compact(_ text: [UInt8]) -> [UInt8]? {
        text.withUnsafeBufferPointer { text -> [UInt8]? in
            var skimmer = JSONSkimmer()
            do throws(JSONError) { try skimmer.read(text) } catch { return nil }
            return skimmer.hasSpace ? withoutSpace(text) : Array(text)
        }
    }

    /// Of a text that is known to be JSON.
    private static func withoutSpace(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var (isInString, isEscaped) = (false, false)
        for byte in text {
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else if byte <= UInt8(ascii: " ") {
                continue
            } else {
                isInString = byte == UInt8(ascii: "\"")
            }
            output.append(byte)
        }
        return output
    }
}
