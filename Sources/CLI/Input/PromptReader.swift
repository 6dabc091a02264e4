import API
import Flags
import Platform

/// Reads the prompts, byte for byte, from where the command line says.
struct PromptReader {
    let surroundings: Surroundings
    let dropsFinalNewline: Bool
    /// Whether a prompt that did not come from the command line ends in a newline.
    private(set) var sawFinalNewline = false

    init(_ surroundings: Surroundings, dropsFinalNewline: Bool) {
        self.surroundings = surroundings
        self.dropsFinalNewline = dropsFinalNewline
    }

    /// Reads one prompt.
    ///
    /// - Throws: ``Failure`` when it can't be read or is not UTF-8.
    mutating func read(_ source: Invocation.PromptSource) throws(Failure) -> [UInt8] {
        switch source {
        case .argument(let text): return text
        case .standardInput:
            return try check(Descriptor.readAll(surroundings.input, "standard input"), "standard input")
        case .file(let path):
            let name = "prompt file \(VisibleText.quote(path))"
            return try check(InputFile.read(path, name), name)
        }
    }

    private mutating func check(_ bytes: [UInt8], _ thing: String) throws(Failure) -> [UInt8] {
        if let offset = UTF8Sequence.firstInvalidOffset(in: bytes) {
            throw .local(thing, reason: "not UTF-8 at byte \(offset); a prompt must be UTF-8 text")
        }
        guard bytes.last == UInt8(ascii: "\n") else { return bytes }
        if dropsFinalNewline { return bytes.dropLast() }
        sawFinalNewline = true
        return bytes
    }
}
