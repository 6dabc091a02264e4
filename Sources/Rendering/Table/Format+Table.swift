extension Format {
    /// One row per token.
    public static let table = Format(
        name: "table", summary: "One row per token: probability, rank, alternatives",
        impliedLogprobs: 5, streamsToTerminal: true, reportsErrorsAsJSON: false, ownSequences: .colors
    ) { context in
        TokenTableRenderer(context, ChoiceSections(context)) { TableLines(TableLayout(context, $0), context) }
    }
}
