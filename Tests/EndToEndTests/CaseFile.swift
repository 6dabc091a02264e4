/// A test as data: a command line, what the server answers, and what must be seen. `Cases/README.md` tells the notation.
struct CaseFile: Sendable {
    /// A last line that takes away the newline before it.
    static let noNewline = "(no newline)"
    private static let mark = Array("---".utf8)

    /// The file's name.
    let name: String
    /// What it shows, in words.
    let title: String
    private let sections: [CaseSection]

    /// Reads a case.
    ///
    /// - Throws: ``CaseError`` with the name and the line of what can't be understood.
    init(name: String, _ text: [UInt8]) throws(CaseError) {
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        guard lines.removeLast().isEmpty else { throw CaseError(name, lines.count + 1, "the last line is not ended") }
        let headings = lines.indices.filter { lines[$0].starts(with: Self.mark) }
        let titleLines = lines[..<(headings.first ?? lines.count)]
        self.name = name
        title = titleLines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        var sections: [CaseSection] = []
        for (heading, next) in zip(headings, headings.dropFirst() + [lines.count]) {
            do throws(NotationError) {
                let words = Array(lines[heading].dropFirst(Self.mark.count))
                let body = Array(lines[(heading + 1)..<next])
                sections.append(try CaseSection(heading: words, lines: body, line: heading + 1))
            } catch {
                throw CaseError(name, heading + 1, error.problem)
            }
        }
        self.sections = sections
        try check()
    }

    /// The only section of this kind; nil when there is none.
    func section(_ kind: CaseSection.Kind) -> CaseSection? {
        sections.first { $0.kind == kind }
    }

    /// All sections of this kind, in order.
    func all(_ kind: CaseSection.Kind) -> [CaseSection] {
        sections.filter { $0.kind == kind }
    }

    /// Each reply with the pieces that follow it.
    var replies: [(reply: CaseSection, pieces: [CaseSection])] {
        sections.reduce(into: []) { replies, section in
            if section.kind == .reply { replies.append((section, [])) }
            if section.kind == .piece { replies[replies.count - 1].pieces.append(section) }
        }
    }

    /// Checks what one section alone can't tell.
    private func check() throws(CaseError) {
        guard title.contains(where: { !$0.isWhitespace }) else { throw CaseError(name, 1, "no title") }
        guard section(.args) != nil else { throw CaseError(name, 1, "no section 'args'") }
        for kind in CaseSection.Kind.allCases where !kind.shape.isRepeatable {
            if let second = all(kind).dropFirst().first {
                throw CaseError(name, second.line, "a second section '\(kind.rawValue)'")
            }
        }
        var last: CaseSection.Kind?
        for section in sections {
            if section.kind == .piece, last != .reply, last != .piece {
                throw CaseError(name, section.line, "'piece' must follow 'reply' or 'piece'")
            }
            last = section.kind
        }
        let repeated = all(.reply).dropLast().first { $0.has("repeated") }
        if let repeated { throw CaseError(name, repeated.line, "only the last reply can be repeated") }
        if let refused = section(.noRequest), let first = all(.reply).first ?? all(.request).first {
            throw CaseError(name, refused.line, "'no-request' beside '\(first.kind.rawValue)'")
        }
        if section(.noRequest) == nil, all(.reply).isEmpty {
            throw CaseError(name, 1, "neither 'reply' nor 'no-request'")
        }
    }
}
