/// The help screen of a command, made from its flag table.
public struct HelpText {
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

    /// Adds a heading and lines that stand as they are, indented.
    public mutating func add(_ title: String, lines fixed: [String]) {
        separate()
        lines.append("\(title):")
        lines += fixed.map { "  \($0)" }
    }

    /// Adds a heading and a list of terms with their meaning.
    public mutating func add(_ title: String, terms: [(term: String, meaning: String)]) {
        separate()
        lines.append("\(title):")
        // On a narrow screen the meanings stand below their terms rather than in a column of single words.
        let widest = width < 50 ? 6 : 24
        let column = min(terms.map(\.term.count).max() ?? 0, widest) + 4
        for (term, meaning) in terms {
            let wrapped = wrap(meaning, indent: column)
            if term.count + 4 <= column, let first = wrapped.first {
                lines.append(pad("  \(term)", to: column) + first.dropFirst(column))
                lines += wrapped.dropFirst()
            } else {
                lines.append("  \(term)")
                lines += wrapped
            }
        }
    }

    /// Adds a section's flags with their summaries, requirements, defaults and variables.
    public mutating func add(_ section: SectionOutline) {
        add(section.title, terms: section.flags.map { ($0.usage, $0.meaning) })
    }

    private mutating func separate() {
        if !lines.isEmpty { lines.append("") }
    }

    private func pad(_ text: String, to column: Int) -> String {
        text + String(repeating: " ", count: max(0, column - text.count))
    }

    private func wrap(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var wrapped: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > width {
                wrapped.append(margin + line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return wrapped + [margin + line]
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

    /// The summary and, in brackets, what the value must be, how often, what holds otherwise.
    public var meaning: String {
        let facts = [
            syntax.requirement.isEmpty ? nil : syntax.requirement,
            maxOccurrences.map { $0 == .max ? "repeatable" : "up to \($0) times" },
            defaultValue.map { "default: \($0)" },
            environment.map { "env: \($0)" },
        ].compactMap(\.self)
        let summaryAndDetails = details.isEmpty ? summary : "\(summary) \(details)"
        return facts.isEmpty ? summaryAndDetails : "\(summaryAndDetails) [\(facts.joined(separator: "; "))]"
    }
}
