/// A manual page in mdoc, made from the flag table.
public struct ManPage {
    private var lines: [String]

    /// A page with its NAME section.
    ///
    /// - Parameters:
    ///   - name: such as `cerebras-complete`.
    ///   - section: of the manual, 1 for commands and 7 for topics.
    ///   - summary: one line without a final period.
    ///   - date: as mdoc wants it, such as `November 23, 2026`.
    public init(name: String, section: Int = 1, summary: String, date: String) {
        lines = [
            ".Dd \(date)", ".Dt \(name.uppercased()) \(section)", ".Os", ".Sh NAME", ".Nm \(name)", ".Nd \(summary)",
        ]
    }

    /// The page's source, ending in a newline.
    public var text: String { lines.joined(separator: "\n") + "\n" }

    /// Adds the synopsis: what follows the name, as mdoc macros.
    public mutating func addSynopsis(_ macros: [String]) {
        lines += [".Sh SYNOPSIS"] + macros
    }

    /// Starts a section with paragraphs.
    public mutating func add(_ title: String, paragraphs: [String]) {
        add(ManualPart(title, .paragraphs(paragraphs)))
    }

    /// Starts a section with a list of terms.
    public mutating func add(_ title: String, terms: [(term: String, meaning: String)]) {
        add(ManualPart(title, .terms(terms)))
    }

    /// Starts a section with lines shown as they stand.
    public mutating func add(_ title: String, examples: [String]) {
        add(ManualPart(title, .lines(examples)))
    }

    /// Adds a section; its heading is put in capitals.
    public mutating func add(_ part: ManualPart) {
        lines.append(".Sh \(part.title.uppercased())")
        for (position, content) in part.contents.enumerated() {
            switch content {
            case .paragraphs(let paragraphs):
                for (place, paragraph) in paragraphs.enumerated() {
                    if position + place > 0 { lines.append(".Pp") }
                    lines += Self.fill(paragraph)
                }
            case .terms(let terms):
                lines.append(".Bl -tag -width Ds")
                for (term, meaning) in terms {
                    lines += [".It \(Self.macroArgument(term))"] + Self.fill(meaning)
                }
                lines.append(".El")
            case .lines(let literal):
                lines.append(".Bd -literal -offset indent")
                lines += literal.map { Self.escapeStart(Self.escape($0)) } + [".Ed"]
            }
        }
    }

    /// Adds the flags of a section under a heading of their own.
    public mutating func add(_ section: SectionOutline) {
        lines += [".Ss \(section.title)", ".Bl -tag -width Ds"]
        for flag in section.flags {
            let facts = flag.facts
            lines += [".It \(Self.item(flag))"] + Self.fill(facts.sentences)
            if !facts.values.isEmpty { addList(facts.values) }
        }
        lines.append(".El")
    }

    /// Adds what a flag's values mean, one a line.
    private mutating func addList(_ values: [NamedValue]) {
        let widest = values.map(\.name).max { $0.count < $1.count } ?? ""
        lines.append(".Bl -tag -width \(widest) -compact")
        for value in values {
            lines += [".It \(value.name)"] + (value.summary.isEmpty ? [] : Self.fill(value.summary))
        }
        lines.append(".El")
    }

    /// Names related pages.
    public mutating func addSeeAlso(_ pages: [(name: String, section: Int)]) {
        lines.append(".Sh SEE ALSO")
        for (position, page) in pages.enumerated() {
            lines.append(".Xr \(page.name) \(page.section)" + (position < pages.count - 1 ? " ," : ""))
        }
    }

    private static func item(_ flag: FlagOutline) -> String {
        let letter = flag.short.map { "Fl \($0) , " } ?? ""
        let name = flag.syntax.shape == .negatable ? "\\-[no-]\(flag.name)" : "\\-\(flag.name)"
        if flag.syntax.shape == .optional { return letter + "Fl \(name) Ns Op = Ns Ar \(flag.syntax.name)" }
        return letter + "Fl \(name)" + (flag.syntax.name.isEmpty ? "" : " Ar \(flag.syntax.name)")
    }

    /// A paragraph as source lines: each sentence begins a line, as mdoc asks, and none is over 80 bytes.
    private static func fill(_ paragraph: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in paragraph.split(separator: " ").map({ escape(String($0)) }) {
            if line.utf8.count + 1 + word.utf8.count > 78 || line.hasSuffix(".") {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return (lines + [line]).map(escapeStart)
    }

    /// Text that roff shows as it is: backslashes, and hyphens that are typed.
    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("--", with: "\\-\\-")
    }

    private static func escapeStart(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }

    /// A term as the arguments of a macro; names in capitals separated by commas are variables.
    private static func macroArgument(_ term: String) -> String {
        let words = term.split(separator: " ").map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
        let areVariables = words.allSatisfy { word in
            word.count > 1 && word.allSatisfy { $0 == "_" || ("A"..."Z").contains($0) }
        }
        return areVariables ? words.map { "Ev \($0)" }.joined(separator: " , ") : escape(term)
    }
}

extension String {
    /// The text with every occurrence of `target` exchanged.
    fileprivate func replacing(_ target: String, with replacement: String) -> String {
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(target) {
                result += replacement
                rest = rest.dropFirst(target.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
