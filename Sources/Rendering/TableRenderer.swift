import API

extension Format {
    /// One row per token.
    public static let table = Format(
        name: "table", summary: "one row per token: its probability, rank and alternatives", impliedLogprobs: 5,
        streamsToTerminal: true, tellsErrorsAsJSON: false
    ) { TableRenderer($0) }
}

/// Writes one row per token as it comes: position, offset, token, log probability, probability, rank, alternatives.
struct TableRenderer: Renderer {
    private let topCount: Int?
    private var sections: ChoiceSections
    private var layout: TableLayout?
    private let context: RenderContext
    /// How many tokens of each choice have come.
    private var positions: [Int: Int] = [:]

    init(_ context: RenderContext) {
        self.context = context
        topCount = context.topCount
        sections = ChoiceSections(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            sections.add(rows(of: choice), to: choice.index, hasEnded: choice.finishReason != nil)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        sections.finish(&output)
    }

    private mutating func rows(of choice: ChoiceDelta) -> [UInt8] {
        let tokens = choice.tokens
        let layout = layout ?? TableLayout(context, tokens)
        self.layout = layout
        var position = positions[choice.index] ?? 0
        var text = positions[choice.index] == nil ? layout.header + "\n" : ""
        for token in tokens {
            text += layout.row(TokenRow(token, position: position, topCount: topCount)) + "\n"
            position += 1
        }
        if tokens.isEmpty, context.showsTokenIDs {
            for id in choice.tokenIDs ?? [] {
                text += layout.row(TokenRow(unweighed: "#\(id)", position: position)) + "\n"
                position += 1
            }
        } else if tokens.isEmpty, !choice.text.isEmpty {
            // The server ignored `logprobs`: what came is shown, without numbers.
            text += layout.row(TokenRow(unweighed: TokenText.quote(choice.text), position: position)) + "\n"
            position += 1
        }
        positions[choice.index] = position
        return Array(text.utf8)
    }
}
