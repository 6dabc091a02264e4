import API
import Platform

extension Format {
    /// A page to explore.
    public static let html = Format(
        name: "html", summary: "Self-contained web page with every alternative",
        impliedLogprobs: 5, streamsToTerminal: false, reportsErrorsAsJSON: false, keepsReply: true, isPage: true
    ) { HTMLRenderer($0) }
}

/// Writes one self-contained page once the response has ended: no script, and nothing is fetched.
struct HTMLRenderer: Renderer {
    private let context: RenderContext
    private var choices = RecentMap<Int, PageChoice>()
    private var facts = PageFacts()

    init(_ context: RenderContext) {
        self.context = context
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        facts.add(chunk)
        for delta in chunk.choices {
            // Taken out, since what is in two places is copied when it changes.
            var choice = choices.removeValue(forKey: delta.index) ?? PageChoice(delta.index, context)
            choice.add(delta)
            choices[delta.index] = choice
        }
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        finish(isWhole: isWhole, to: &output) { _ in true }
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8], flush: OutputFlush) {
        var inOrder = choices.keys.sorted().compactMap { choices.removeValue(forKey: $0) }
        for place in inOrder.indices { inOrder[place].finish(isWhole: isWhole) }
        let model = HTMLText.plain(facts.model ?? context.request?.model ?? Array("an unnamed model".utf8))
        let title = (isWhole ? "" : "Cut short: ") + "Completion by \(model)"
        output += PageFrame.head(title: title).utf8
        output += "<main>\n<h1>Completion by \(model)</h1>\n".utf8
        if !isWhole { output += PageFrame.notice.utf8 }
        output += PageRequest(context.request).html.utf8
        if inOrder.contains(where: \.isWeighed) { output += PageFrame.legend.utf8 }
        output += "<div id=\"text\" tabindex=\"-1\">\n".utf8
        guard Self.writeTexts(of: &inOrder, to: &output, flush: flush) else { return }
        output += "</div>\n".utf8
        if !inOrder.isEmpty {
            output +=
                ("<section aria-labelledby=\"summary\">\n<h2 id=\"summary\" tabindex=\"-1\">Summary</h2>\n"
                + inOrder.map(\.summary).joined() + "</section>\n").utf8
        }
        output += facts.html.utf8
        output += PageFrame.end.utf8
    }

    /// Appends the texts of the choices; false when no more is wanted.
    private static func writeTexts(
        of choices: inout [PageChoice], to output: inout [UInt8], flush: OutputFlush
    ) -> Bool {
        if choices.isEmpty { output += "<p>The response has no choices.</p>\n".utf8 }
        let top = Sparkline.top(for: choices.compactMap(\.mostSurprise).max() ?? 0)
        for place in choices.indices {
            let next = place + 1 < choices.count ? "c\(choices[place + 1].index)" : "summary"
            guard choices[place].writeText(top: top, next: next, to: &output, flush: flush) else { return false }
        }
        return true
    }
}
