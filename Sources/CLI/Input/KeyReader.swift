import Flags
import Platform

/// Finds the API key and refuses what could not be one. No message repeats any of it.
enum KeyReader {
    /// A key, and what to report about where it was.
    struct Reading {
        /// nil when there is none and none is needed.
        var key: String?
        var warning: Message?
    }

    /// What is longer, in bytes, is no key, and may have no end.
    static let limit = 64 << 10

    /// The key from where it is said to be, else from `CEREBRAS_API_KEY`.
    ///
    /// - Parameters:
    ///   - source: nil when nothing was said.
    ///   - profile: the profile that the base URL comes from, to which the variable's key does not belong; nil for none.
    ///   - isNeeded: whether having none is an error.
    ///   - isShown: whether the key is only to be shown as there, so that no program need be run for it.
    static func read(
        _ source: KeySource?, profile: String? = nil, isNeeded: Bool, isShown: Bool = false, _ context: ProcessContext
    ) throws(Failure) -> Reading {
        switch source {
        case .command where isShown: return Reading(key: "***")
        case .command(let words):
            let bytes = try KeyCommand.read(words, context)
            return Reading(key: try check(Array(bytes.withoutSpace), in: "the output of api-key-command"))
        case .file(let file): return try read(file: file, context)
        case nil: break
        }
        if let profile {
            guard isNeeded else { return Reading() }
            throw .key(
                "no API key for the base URL of profile \(quoted: profile.utf8): keys from elsewhere are not sent there; "
                    + "put api-key-file into [\(plain: profile)], or give --api-key-file")
        }
        if let bytes = context.variable("CEREBRAS_API_KEY"), !bytes.isEmpty {
            return Reading(key: try check(bytes, in: "CEREBRAS_API_KEY"))
        }
        guard isNeeded else { return Reading() }
        throw .key("no API key: none of CEREBRAS_API_KEY, --api-key-file and --api-key-command is set")
    }

    private static func read(file: [UInt8], _ context: ProcessContext) throws(Failure) -> Reading {
        let isInput = file.elementsEqual("-".utf8)
        guard isInput || !isLikeKey(file) else {
            throw .usage(
                UsageError(
                    "--api-key-file: no such file, and its name looks like a key",
                    hint: "put the key into a file and name that file, or set CEREBRAS_API_KEY"))
        }
        let label: Message = "key file \(quoted: file)"
        let bytes =
            try isInput
            ? system(Descriptor.readAll(context.input, label, upTo: limit))
            : system(InputFile.read(file, label, upTo: limit))
        return Reading(
            key: try check(Array(bytes.withoutSpace), in: label), warning: isInput ? nil : warning(on: file, label))
    }

    /// A regular file that the group or everyone may read is no place for a key.
    static func warning(on file: [UInt8], _ label: Message) -> Message? {
        guard FilePath.isReadableByOthers(file) else { return nil }
        return "\(label) is readable by other users; chmod 600 makes it private"
    }

    /// Whether a file's name reads as a key would: it may have been given in the place of one, and is not to be repeated.
    static func isLikeKey(_ name: [UInt8]) -> Bool {
        guard !FilePath.exists(name) else { return false }
        if name.firstRange(matching: "csk-".utf8) != nil { return true }
        let isKeyByte = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        let hasDigit = name.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return name.count >= 20 && hasDigit && name.allSatisfy(isKeyByte)
    }

    private static func check(_ key: [UInt8], in label: Message) throws(Failure) -> String {
        guard !key.isEmpty else { throw .key("\(label) contains no key") }
        guard key.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .key("\(label) contains a space, a line break or another invalid character")
        }
        return String(decoding: key, as: UTF8.self)
    }
}
