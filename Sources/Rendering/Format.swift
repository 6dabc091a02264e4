/// An output format: its name, and the renderer that makes it.
///
/// Adding one is a file that defines it and an entry in ``all``; "Extending" in CONTRIBUTING.md has the rest.
public struct Format: Sendable {
    /// The name that `--format` takes.
    public let name: String
    /// One line for the documents.
    public let summary: String
    /// The `logprobs` the format cannot do without; nil when it needs none.
    public let impliedLogprobs: Int?
    /// Whether it streams to a terminal by default.
    public let streamsToTerminal: Bool
    /// Whether an error is written as JSON, since a program reads it.
    public let reportsErrorsAsJSON: Bool
    /// Whether a renderer keeps the whole response in memory, however it comes.
    public let keepsReply: Bool
    /// Whether it is for a browser, so that it says little at a terminal.
    public let isPage: Bool
    /// Whether the output depends on how the response was requested.
    public let dependsOnRequest: Bool
    /// How what a terminal would act on is spelled.
    private let spelling: TerminalEscapes.Spelling
    /// The escape sequences that its renderer writes.
    private let ownSequences: TerminalEscapes.OwnSequences
    private let makeBareRenderer: @Sendable (RenderContext) -> any Renderer

    /// Defines a format.
    ///
    /// - Parameters:
    ///   - spelling: how what a terminal would act on is spelled where the renderer leaves it as it is.
    ///   - ownSequences: the escape sequences that the renderer itself writes to a terminal.
    ///   - makeRenderer: makes a renderer for one response, which need not know what a terminal acts on.
    init(
        name: String, summary: String, impliedLogprobs: Int?, streamsToTerminal: Bool, reportsErrorsAsJSON: Bool,
        keepsReply: Bool = false, isPage: Bool = false, dependsOnRequest: Bool = true,
        spelling: TerminalEscapes.Spelling = .text,
        ownSequences: TerminalEscapes.OwnSequences = .none,
        makeRenderer: @escaping @Sendable (RenderContext) -> any Renderer
    ) {
        self.name = name
        self.summary = summary
        self.impliedLogprobs = impliedLogprobs
        self.streamsToTerminal = streamsToTerminal
        self.reportsErrorsAsJSON = reportsErrorsAsJSON
        self.keepsReply = keepsReply
        self.isPage = isPage
        self.dependsOnRequest = dependsOnRequest
        self.spelling = spelling
        self.ownSequences = ownSequences
        makeBareRenderer = makeRenderer
    }

    /// Makes a renderer for one response. To a terminal it writes nothing that steers it, whatever the response holds, unless the
    /// user asked for its bytes.
    public func makeRenderer(_ context: RenderContext) -> any Renderer {
        let renderer = makeBareRenderer(context)
        guard context.isTerminal, !context.isRaw else { return renderer }
        return TerminalGuard(
            renderer,
            TerminalEscapes(
                spelling: spelling, ownSequences: context.color == .plain ? .none : ownSequences,
                keepsNUL: context.separator == .nul))
    }

    /// Every format, in the order shown; the first is the default.
    public static let all: [Format] = [.text, .json, .jsonl, .table, .tsv, .markdown, .heatmap, .html]

    /// The format with this name; nil when there is none.
    public static func named(_ name: String) -> Format? {
        all.first { $0.name == name }
    }
}
