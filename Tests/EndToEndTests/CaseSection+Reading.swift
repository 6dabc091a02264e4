extension CaseSection {
    /// Reads a part.
    ///
    /// - Parameters:
    ///   - heading: the line after `--- `.
    ///   - lines: the lines up to the next heading, without their newlines.
    init(heading: [UInt8], lines: [[UInt8]], line: Int) throws(NotationError) {
        let words = try ShellWords.split(heading).map { String(decoding: $0, as: UTF8.self) }
        guard let name = words.first, let kind = Kind(rawValue: name) else {
            throw NotationError(problem: "unknown section '\(words.first ?? "")'")
        }
        let shape = kind.shape
        var operands: [String] = []
        var options: [String: [String]] = [:]
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            guard let count = shape.options[word] else {
                operands.append(word)
                continue
            }
            guard rest.count >= count else { throw NotationError(problem: "'\(word)' needs \(count) more words") }
            options[word] = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        guard shape.operands.contains(operands.count) else {
            let problem =
                shape.operands == 0...0
                ? "unknown word '\(operands.first ?? "")' after '\(name)'" : "wrong number of words after '\(name)'"
            throw NotationError(problem: problem)
        }
        guard shape.hasContent || lines.isEmpty else {
            throw NotationError(problem: "no lines may follow '\(name)'")
        }
        let content = Self.content(of: lines)
        self.kind = kind
        self.operands = operands
        self.options = options
        self.content = options["escaped"] == nil ? content : try Escapes.read(content)
        self.line = line
        try checkWords()
    }

    private static func content(of lines: [[UInt8]]) -> [UInt8] {
        guard let last = lines.last else { return [] }
        guard last.elementsEqual(CaseFile.noNewline.utf8) else { return lines.flatMap { $0 + [0x0A] } }
        return Array(lines.dropLast().joined(separator: [0x0A]))
    }

    private func checkWords() throws(NotationError) {
        if let moment = options["once"], Moment(moment) == nil {
            throw NotationError(problem: "'once' needs 'stdout TEXT', 'stderr TEXT' or 'requests N'")
        }
        if let count = options["cut"], Int(count[0]) == nil {
            throw NotationError(problem: "'cut' needs a number of bytes")
        }
        if Set(["reset", "hang", "keep-alive"]).intersection(options.keys).count > 1 {
            throw NotationError(problem: "a reply has one ending")
        }
        let isKnown =
            switch kind {
            case .exit: Int32(operands[0]) != nil
            case .stream: ["stdout", "stderr"].contains(operands[0])
            case .signal: CaseSignal.numbers[operands[0]] != nil
            case .terminal: operands.allSatisfy { CaseTerminal.streams.contains($0) || CaseTerminal.size($0) != nil }
            default: true
            }
        guard isKnown else { throw NotationError(problem: "bad words after '\(kind.rawValue)'") }
    }
}
