import API

extension Format {
    /// A page to explore.
    public static let html = Format(
        name: "html", summary: "Self-contained web page with every alternative",
        impliedLogprobs: 5, streamsToTerminal: false, reportsErrorsAsJSON: false, keepsReply: true
    ) { HTMLRenderer($0) }
}

/// Writes one self-contained page once the response has ended: no script, and nothing is fetched.
struct HTMLRenderer: Renderer {
    private let context: RenderContext
    private var choices: [Int: PageChoice] = [:]
    private var facts = PageFacts()

    init(_ context: RenderContext) {
        self.context = context
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        facts.add(chunk)
        for choice in chunk.choices {
            choices[choice.index, default: PageChoice(choice.index, context)].add(choice)
        }
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        for index in choices.keys { choices[index]?.finish(isWhole: isWhole) }
        output += Array(page(isWhole: isWhole).utf8)
    }

    private func page(isWhole: Bool) -> String {
        let model = HTMLText.plain(facts.model ?? context.request?.model ?? Array("an unnamed model".utf8))
        let notice = isWhole ? "" : PageFrame.notice
        let title = (isWhole ? "" : "Cut short: ") + "Completion by \(model)"
        let legend = choices.values.contains(where: \.isWeighed) ? PageFrame.legend : ""
        return PageFrame.head(title: title)
            + "<main>\n<h1>Completion by \(model)</h1>\n\(notice)\(PageRequest(context.request).html)\(legend)"
            + "<div id=\"text\" tabindex=\"-1\">\n" + texts + "</div>\n" + summaries + facts.html + PageFrame.end
    }

    /// The choices in order.
    private var inOrder: [PageChoice] { choices.keys.sorted().compactMap { choices[$0] } }

    private var texts: String {
        guard !choices.isEmpty else { return "<p>The response has no choices.</p>\n" }
        let top = Sparkline.top(for: choices.values.compactMap(\.mostSurprise).max() ?? 0)
        let names = choices.keys.sorted().dropFirst().map { "c\($0)" } + ["summary"]
        return zip(inOrder, names).map { $0.text(top: top, next: $1) }.joined()
    }

    private var summaries: String {
        choices.isEmpty
            ? ""
            : "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\" tabindex=\"-1\">Summary</h2>\n"
                + inOrder.map(\.summary).joined() + "</section>\n"
    }
}
