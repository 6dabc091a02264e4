public import API
import Logprobs

/// One self-contained page with two responses side by side: no script, and nothing is fetched.
public struct ComparisonPage {
    /// One of the two responses.
    public struct Side {
        /// What it is called.
        let name: [UInt8]
        let reply: CompletionChunk
        /// How many alternatives of each token were requested; nil when that is not known.
        let topCount: Int?

        /// A complete response.
        public init(name: [UInt8], _ reply: CompletionChunk, topCount: Int?) {
            (self.name, self.reply, self.topCount) = (name, reply, topCount)
        }
    }

    /// What the comparison found of one choice.
    public struct Finding {
        /// The choice's index.
        let index: Int
        /// Whether and where the choice diverges, then details, a line each.
        let lines: [String]
        let mark: PageMark?

        /// A finding.
        ///
        /// - Parameters:
        ///   - token: the number of the first token that differs; nil where texts are compared, not tokens.
        ///   - offset: the byte of both texts at which they begin to differ; nil where they don't.
        public init(_ index: Int, lines: [String], token: Int?, offset: Int?) {
            (self.index, self.lines) = (index, lines)
            mark = token == nil && offset == nil ? nil : PageMark(token: token, offset: offset)
        }
    }

    /// Names of a field and its values in both responses.
    public typealias Change = (name: String, a: String, b: String)

    private let sides: [(letter: String, name: [UInt8], choices: [Int: PageChoice])]
    private let findings: [Finding]
    private let changes: [Change]

    /// A page.
    ///
    /// - Parameters:
    ///   - findings: one for each choice of either response, in order.
    ///   - changes: the fields that differ.
    public init(_ a: Side, _ b: Side, _ findings: [Finding], changes: [Change]) {
        let marks = Dictionary(findings.map { ($0.index, $0.mark) }) { first, _ in first }
        sides = [("a", a), ("b", b)].map { letter, side in
            var context = RenderContext()
            context.topCount = side.topCount
            var choices: [Int: PageChoice] = [:]
            for choice in side.reply.choices {
                var page = PageChoice(choice.index, context, side: letter, mark: marks[choice.index] ?? nil)
                page.add(choice)
                page.finish(isWhole: true)
                choices[choice.index] = page
            }
            return (letter, side.name, choices)
        }
        (self.findings, self.changes) = (findings, changes)
    }

    /// The page, UTF-8.
    public var bytes: [UInt8] {
        let title = "Comparison of " + sides.map { HTMLText.plain($0.name) }.joined(separator: " and ")
        let all = sides.flatMap(\.choices.values)
        let hasMark = findings.contains { $0.mark != nil }
        let legend =
            (all.contains(where: \.isWeighed) ? PageFrame.legend : "")
            + (hasMark ? "<p><b class=\"d\">\u{2260}</b> First divergence</p>\n" : "")
        let top = Sparkline.top(for: all.compactMap(\.mostSurprise).max() ?? 0)
        let nexts = findings.dropFirst().map { "c\($0.index)" } + ["summary"]
        let texts = zip(findings, nexts).map { text(of: $0, top: top, next: $1) }
        let page =
            PageFrame.head(title: title, isPaired: true) + "<main>\n<h1>\(title)</h1>\n\(legend)"
            + "<div id=\"text\" tabindex=\"-1\">\n"
            + (texts.isEmpty ? "<p>The responses have no choices.</p>\n" : texts.joined()) + "</div>\n"
            + "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\" tabindex=\"-1\">Summary</h2>\n"
            + findings.map(facts).joined() + fields + "</section>\n" + PageFrame.end
        return Array(page.utf8)
    }

    private func text(of finding: Finding, top: Int, next: String) -> String {
        let index = finding.index
        let length = sides.compactMap { $0.choices[index]?.tokenCount }.max() ?? 0
        let links = sides.map { "<a href=\"#d\($0.letter)\(index)\">\($0.letter)</a>" }.joined(separator: ", ")
        let jumps = finding.mark == nil ? "" : "<span class=\"hint\">: go there in \(links)</span>"
        let columns = sides.enumerated().map { place, side in
            let name = "\(side.letter)\(index)"
            let after = place == 0 ? "b\(index)" : next
            return "<div>\n<h3 id=\"\(name)\" tabindex=\"-1\">\(side.letter): "
                + HTMLText.plain(side.name) + "</h3>\n"
                + (side.choices[index]?.content(top: top, length: length, next: after)
                    ?? "<p>The response has no choice \(index).</p>\n") + "</div>\n"
        }
        let lines = finding.lines.map { HTMLText.plain(Array($0.drop { $0 == " " }.utf8)) }
        let details = lines.dropFirst().map { "<li>\($0)</li>" }.joined()
        return "<section aria-labelledby=\"c\(index)\">\n<h2 id=\"c\(index)\" tabindex=\"-1\">Choice \(index)</h2>\n"
            + "<p><strong>\(lines.first ?? "")</strong>\(jumps)</p>\n"
            + (details.isEmpty ? "" : "<ul class=\"found\">\(details)</ul>\n")
            + "<div class=\"pair\">\n\(columns.joined())</div>\n</section>\n"
    }

    /// What the tokens of a choice say together, in both responses.
    private func facts(of finding: Finding) -> String {
        let facts = sides.map { $0.choices[finding.index]?.facts ?? [] }
        var names = facts[0].map(\.0)
        names += facts[1].map(\.0).filter { !names.contains($0) }
        let rows = names.map { name in
            (name, facts.map { list in list.first { $0.0 == name }?.1 ?? "-" })
        }
        return table("Choice \(finding.index)", rows)
    }

    /// The fields that differ; nothing when none does.
    private var fields: String {
        changes.isEmpty
            ? ""
            : table(
                "Fields that differ",
                changes.map { change in
                    (HTMLText.plain(change.name), [change.a, change.b].map { "<code>\(HTMLText.plain($0))</code>" })
                })
    }

    /// A table of names with two values each, all HTML.
    private func table(_ caption: String, _ rows: [(name: String, values: [String])]) -> String {
        let lines = rows.map { row in
            "<tr><th scope=\"row\">\(row.name)</th>" + row.values.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
        }
        return "<table class=\"facts\"><caption>\(caption)</caption>\n<thead><tr><td></td><th scope=\"col\">a</th>"
            + "<th scope=\"col\">b</th></tr></thead>\n<tbody>\n\(lines.joined())</tbody></table>\n"
    }
}
