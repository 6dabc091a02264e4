extension Format {
    /// The table for an issue or a pull request.
    public static let markdown = Format(
        name: "markdown", summary: "Table in GitHub-flavored Markdown",
        impliedLogprobs: 5, streamsToTerminal: true, reportsErrorsAsJSON: false
    ) { context in
        let sections = ChoiceSections(context) { index in
            let prompt = context.promptText(ofChoice: index).map { ": " + MarkdownText.code("\"\($0)\"") } ?? ""
            return "### \(context.title(ofChoice: index))\(prompt)\n\n"
        }
        return TokenTableRenderer(context, sections) { _ in MarkdownTokens(context) }
    }
}
