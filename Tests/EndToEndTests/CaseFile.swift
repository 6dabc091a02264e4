import Foundation

/// A test as data: a command line, what the server answers, and what must be seen.
///
/// The file begins with a title; sections follow, each after a line `--- NAME [WORDS]`. A section's content is its lines
/// as they stand; a last line `(no newline)` takes away the newline before it. With the word `escaped`, `\n`, `\r`, `\t`,
/// `\0`, `\\` and `\xNN` are read. `README.md` beside the cases lists the sections.
struct CaseFile: Sendable {
    struct Section: Sendable {
        let name: String
        let words: [String]
        let content: [UInt8]
        let line: Int
    }

    let name: String
    let title: String
    let sections: [Section]

    /// Reads a case.
    ///
    /// - Throws: ``CaseError`` that names file and line.
    init(_ url: URL) throws {
        name = url.deletingPathExtension().lastPathComponent
        let lines = try Data(contentsOf: url).split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        var title: [String] = []
        var sections: [Section] = []
        var open: (words: [String], line: Int)?
        var content: [[UInt8]] = []
        func close() throws {
            guard let (words, line) = open else { return }
            sections.append(try Self.section(words, content, line, in: url.lastPathComponent))
            content = []
        }
        for (number, line) in lines.enumerated() {
            if line.starts(with: "--- ".utf8) {
                try close()
                open = (
                    String(decoding: line, as: UTF8.self).split(separator: " ").dropFirst().map(String.init), number + 1
                )
            } else if open == nil {
                title.append(String(decoding: line, as: UTF8.self))
            } else {
                content.append(line)
            }
        }
        // The file's own final newline leaves an empty last line.
        if content.last?.isEmpty == true { content.removeLast() }
        try close()
        self.title = title.joined(separator: " ").trimmingCharacters(in: .whitespaces)
        self.sections = sections
    }

    /// The only section of this name; nil when there is none.
    func section(_ name: String) -> Section? {
        sections.first { $0.name == name }
    }

    /// All sections of this name, in order.
    func all(_ name: String) -> [Section] {
        sections.filter { $0.name == name }
    }

    private static let names: Set<String> = [
        "args", "env", "stdin", "file", "terminal", "stream", "reply", "request", "no-request", "stdout", "stderr",
        "after", "exit",
    ]

    private static func section(
        _ words: [String], _ lines: [[UInt8]], _ line: Int, in file: String
    ) throws -> Section {
        guard let name = words.first, names.contains(name) else {
            throw CaseError(file, line, "unknown section '\(words.first ?? "")'")
        }
        var lines = lines
        var ending = Array("\n".utf8)
        if lines.last?.elementsEqual("(no newline)".utf8) == true {
            lines.removeLast()
            ending = []
        }
        var content = Array(lines.joined(separator: [0x0A])) + (lines.isEmpty ? [] : ending)
        if words.contains("escaped") { content = try unescape(content, line, in: file) }
        return Section(name: name, words: Array(words.dropFirst()), content: content, line: line)
    }

    static func unescape(_ bytes: [UInt8], _ line: Int, in file: String) throws -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "0"): result.append(0)
            case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                    throw CaseError(file, line, "\\x without two hexadecimal digits")
                }
                rest = rest.dropFirst(2)
                result.append(value)
            default: throw CaseError(file, line, "unknown escape")
            }
        }
        return result
    }
}

/// A case file that can't be used.
struct CaseError: Error, CustomStringConvertible {
    let description: String

    init(_ file: String, _ line: Int, _ problem: String) {
        description = "\(file):\(line): \(problem)"
    }
}
