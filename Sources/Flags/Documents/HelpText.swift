/// The help screen of a command, made from its flag table.
public struct HelpText {
    /// Stands for a space at which no line is broken, and in no help.
    private static let fixedSpace = "\u{1F}"

    private let width: Int
    private var lines: [String] = []

    /// A screen for lines of at most `width` columns.
    public init(width: Int = 80) {
        self.width = width
    }

    /// The text, ending in a newline.
    public var text: String { lines.joined(separator: "\n") + "\n" }

    /// Adds a paragraph, wrapped.
    public mutating func add(paragraph: String) {
        separate()
        lines += wrap(paragraph, indent: 0)
    }

    /// Adds lines that stand as they are.
    mutating func add(lines fixed: [String]) {
        separate()
        lines += fixed
    }

    /// Adds a heading and lines that stand as they are, indented.
    public mutating func add(_ title: String, lines fixed: [String]) {
        separate()
        lines.append("\(title):")
        lines += fixed.map { "  \($0)" }
    }

    /// Adds a heading and a list of terms with their meaning.
    public mutating func add(_ title: String, terms: [(term: String, meaning: String)]) {
        add(title, entries: terms.map { Entry(term: $0.term, lines: [$0.meaning], list: []) })
    }

    /// Adds a section's flags with their summaries, defaults, ranges, variables, details and values.
    public mutating func add(_ section: SectionOutline) {
        add(
            section.title,
            entries: section.flags.map { flag in
                let facts = flag.facts
                return Entry(
                    term: flag.usage,
                    lines: [facts.line(space: Self.fixedSpace)] + (facts.details.isEmpty ? [] : [facts.details]),
                    list: facts.values.map { ($0.name, $0.summary) })
            })
    }

    /// A term and what is said of it: lines, each wrapped, and a list of terms below them.
    private struct Entry {
        let term: String
        let lines: [String]
        let list: [(term: String, meaning: String)]
    }

    private mutating func add(_ title: String, entries: [Entry]) {
        separate()
        lines.append("\(title):")
        // On a narrow screen the meanings stand below their terms rather than in a column of single words.
        let widest = width < 50 ? 6 : 24
        let column = min(entries.map { Self.columns($0.term) }.max() ?? 0, widest) + 4
        for entry in entries {
            add(entry.term, entry.lines.flatMap { wrap($0, indent: column) }, indent: 2, column)
            let inner = column + 2 + (entry.list.map { Self.columns($0.term) }.max() ?? 0) + 2
            for (term, meaning) in entry.list { add(term, wrap(meaning, indent: inner), indent: column + 2, inner) }
        }
    }

    /// Adds a term and its meaning beside it where there is room, else below it.
    private mutating func add(_ term: String, _ meaning: [String], indent: Int, _ column: Int) {
        let start = String(repeating: " ", count: indent) + term
        let first = meaning.first.flatMap { Substring($0.utf8.dropFirst(column)) } ?? ""
        if first.isEmpty {
            lines.append(start)
        } else if Self.columns(start) + 2 <= column {
            lines.append(pad(start, to: column) + first)
            lines += meaning.dropFirst()
        } else {
            lines.append(start)
            lines += meaning
        }
    }

    private mutating func separate() {
        if !lines.isEmpty { lines.append("") }
    }

    private func pad(_ text: String, to column: Int) -> String {
        text + String(repeating: " ", count: max(0, column - Self.columns(text)))
    }

    /// Lines of a text that stands after a label; those after the first are indented as far.
    func wrap(_ text: String, after label: String) -> [String] {
        var lines = wrap(text, indent: label.utf8.count)
        if let first = lines.first { lines[0] = label + first.dropFirst(label.count) }
        return lines
    }

    private func wrap(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var wrapped: [String] = []
        var (line, count) = (margin, indent)
        // By bytes, since breaking text into characters would be most of the work of a help screen.
        for word in text.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init) {
            let length = Self.columns(word)
            if count > indent, count + 1 + length > width {
                wrapped.append(line)
                (line, count) = (margin, indent)
            }
            if count > indent {
                line += " "
                count += 1
            }
            line += word
            count += length
        }
        return (wrapped + [line]).map(Self.withSpaces)
    }

    /// How many columns a word of help takes, which has neither wide nor combining characters.
    private static func columns(_ text: some StringProtocol) -> Int { text.unicodeScalars.count }

    /// The text with spaces for what stood for them.
    private static func withSpaces(_ text: String) -> String {
        guard let fixed = fixedSpace.utf8.first, text.utf8.contains(fixed) else { return text }
        return String(decoding: text.utf8.map { $0 == fixed ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }
}

extension FlagOutline {
    /// The flag as it is written: `-t, --temperature X`, `--[no-]stream`.
    public var usage: String {
        let letter = short.map { "-\($0), " } ?? "    "
        switch syntax.shape {
        case .none: return "\(letter)--\(name)"
        case .negatable: return "\(letter)--[no-]\(name)"
        case .required: return "\(letter)--\(name) \(syntax.name)"
        case .optional: return "\(letter)--\(name)[=\(syntax.name)]"
        }
    }
}
