extension Format {
    /// The table for an issue or a pull request.
    public static let markdown = Format(
        name: "markdown", summary: "Table in GitHub-flavored Markdown",
        impliedLogprobs: 5, streamsToTerminal: true, reportsErrorsAsJSON: false
    ) { context in
        let sections = ChoiceSections(context) { "### \(context.title(ofChoice: $0))\n\n" }
        return TokenTableRenderer(context, sections) { _ in MarkdownTokens(context) }
    }
}
