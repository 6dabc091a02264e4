public import Platform

/// A configuration file, read: one flag a line as on the command line, `#` comments, `[name]` before lines that hold only
/// for a profile.
public struct ConfigDocument: Sendable {
    /// A line that sets a flag.
    public struct Line: Sendable {
        /// The line in the file, from 1.
        public let number: Int
        /// The flag's name without dashes.
        public let name: String
        /// What stands after the name and `=` or white space, byte for byte but for white space around it; nil for
        /// nothing.
        public let value: [UInt8]?
        /// The profile it is for; nil for all.
        public let profile: String?

        /// What was taken literally that may have been meant otherwise: quotes, or a comment after the value; nil for
        /// neither. It repeats nothing of the value, which may be a secret.
        var literalNote: Message? {
            guard let value, let first = value.first else { return nil }
            if value.count > 1, value.last == first, [0x22, 0x27].contains(first) {
                return "the quotes are part of the value"
            }
            let hasComment = zip(value, value.dropFirst()).contains { [0x20, 0x09].contains($0) && $1 == 0x23 }
            return hasComment ? "what follows # is part of the value; a comment needs a line of its own" : nil
        }
    }

    /// Why a file can't be read, and where.
    public struct Problem: Error, Equatable, Sendable {
        /// The line in the file, from 1.
        public let line: Int
        /// One clause.
        public let problem: Message
    }

    /// The lines that set something, in order.
    public let lines: [Line]
    /// The profiles in order, each once.
    public let profiles: [String]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: lines ended by LF or CRLF; nothing is quoted.
    ///   - example: a line as it should be, such as `seed 7`, for errors.
    public init(parsing bytes: [UInt8], example: Message = "NAME VALUE") throws(Problem) {
        var lines: [Line] = []
        var profiles: [String] = []
        var known: Set<[UInt8]> = []
        var profile: String?
        // Some editors begin a file with a byte order mark.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        for (index, source) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let text = Self.trim(source)
            guard let first = text.first, first != UInt8(ascii: "#") else { continue }
            if first == UInt8(ascii: "[") {
                let name = try Self.profile(text, line: index + 1)
                if known.insert(Array(name.utf8)).inserted { profiles.append(name) }
                profile = name
            } else {
                lines.append(try Self.setting(text, line: index + 1, profile: profile, example))
            }
        }
        (self.lines, self.profiles) = (lines, profiles)
    }

    /// The lines that hold for a profile: those for all, then its own.
    public func lines(for profile: String?) -> [Line] {
        lines.filter { $0.profile == nil } + lines.filter { $0.profile != nil && $0.profile == profile }
    }

    private static func profile(_ text: ArraySlice<UInt8>, line: Int) throws(Problem) -> String {
        let name = trim(text.dropFirst().dropLast())
        guard text.last == UInt8(ascii: "]"), !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw Problem(line: line, problem: "\(quoted: text) is not a profile's line such as [name]")
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static func setting(
        _ text: ArraySlice<UInt8>, line: Int, profile: String?, _ example: Message
    ) throws(Problem) -> Line {
        let dashless = text.starts(with: "--".utf8) ? text.dropFirst(2) : text
        let end = dashless.firstIndex { $0 == UInt8(ascii: "=") || isBlank($0) } ?? dashless.endIndex
        let name = String(decoding: dashless[..<end], as: UTF8.self)
        guard let first = name.unicodeScalars.first, first.properties.isAlphabetic else {
            // It may be a key that was put there alone, which no message repeats.
            throw Problem(line: line, problem: "a line begins with the long name of a flag, such as \(example)")
        }
        let rest = trim(dashless[end...])
        if rest.first == UInt8(ascii: "=") {
            return Line(number: line, name: name, value: Array(trim(rest.dropFirst())), profile: profile)
        }
        return Line(number: line, name: name, value: rest.isEmpty ? nil : Array(rest), profile: profile)
    }

    private static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }
}
