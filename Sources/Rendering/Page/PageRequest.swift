import API
import JSON

/// The request: its prompts, and its settings in a line.
struct PageRequest {
    /// More prompts are counted, not shown.
    private static let mostPrompts = 20

    private let request: CompletionRequest?

    /// - Parameter request: nil when it is not known.
    init(_ request: CompletionRequest?) {
        self.request = request
    }

    /// The section; empty when nothing is known.
    var html: String {
        guard let request, case .object(let members) = request.body else { return "" }
        let settings = members.filter { !$0.key.elementsEqual("prompt".utf8) }.map { member in
            "<li>\(HTMLText.plain(member.key)) <code>\(Self.shorten(member.value.jsonBytes))</code></li>"
        }
        return "<section aria-labelledby=\"prompt\">\n<h2 id=\"prompt\">Prompt</h2>\n" + prompts(request.prompt)
            + "<ul class=\"settings\" aria-label=\"Settings\">" + settings.joined() + "</ul>\n</section>\n"
    }

    private func prompts(_ prompt: CompletionRequest.Prompt) -> String {
        let texts: [String] =
            switch prompt {
            case .text(let text): [Self.running(text)]
            case .texts(let texts): texts.prefix(Self.mostPrompts).map(Self.running)
            case .tokens(let ids): [Self.list(ids)]
            case .tokenLists(let lists): lists.prefix(Self.mostPrompts).map(Self.list)
            }
        let count =
            switch prompt {
            case .text, .tokens: 1
            case .texts(let texts): texts.count
            case .tokenLists(let lists): lists.count
            }
        let more = count > texts.count ? "<p>and \(count - texts.count) more</p>\n" : ""
        let blocks = texts.map { "<div class=\"prompt\" lang=\"\" dir=\"auto\">\($0)</div>\n" }
        guard count > 1 else { return blocks.joined() }
        return "<ol start=\"0\">" + blocks.map { "<li>\($0)</li>" }.joined() + "</ol>\n" + more
    }

    private static func running(_ text: [UInt8]) -> String {
        let isLong = text.count > PageFacts.longest
        return HTMLText.running(isLong ? Array(PageFacts.beginning(of: text)) : text) + (isLong ? " \u{2026}" : "")
    }

    private static func list(_ ids: [Int]) -> String {
        shorten(Array(ids.lazy.map(String.init).joined(separator: " ").utf8))
    }

    private static func shorten(_ value: [UInt8]) -> String {
        let isLong = value.count > PageFacts.longest
        return HTMLText.plain(isLong ? PageFacts.beginning(of: value) : value[...]) + (isLong ? " \u{2026}" : "")
    }
}
