extension Format {
    /// One row per token.
    public static let table = Format(
        name: "table", summary: "one row per token: its probability, rank and alternatives; then the choice's figures",
        impliedLogprobs: 5, streamsToTerminal: true, reportsErrorsAsJSON: false, ownSequences: .colors
    ) { context in
        TokenTableRenderer(context, ChoiceSections(context)) { TableLines(TableLayout(context, $0), context) }
    }
}
