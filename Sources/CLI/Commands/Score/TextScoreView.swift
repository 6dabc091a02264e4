import API
import Evaluation
import JSON
import Platform
import Rendering

/// The score of a text, written.
struct TextScoreView {
    private let score: TextScore
    private let echo: EchoedPrompt
    private let chunk: CompletionChunk

    /// - Parameter chunk: the response that the text was echoed in.
    init(_ score: TextScore, _ echo: EchoedPrompt, _ chunk: CompletionChunk) {
        (self.score, self.echo, self.chunk) = (score, echo, chunk)
    }

    /// The figures, or each token in the form that the options name.
    func bytes(_ options: ScoreOptions, for output: Output, _ context: ProcessContext) -> [UInt8] {
        guard let format = options.format else { return Array(figures.utf8) }
        let reply = echo.reply(from: chunk, score: score.json).jsonBytes
        var rendering = options.output.context(for: output, context)
        rendering.choiceCount = 1
        rendering.topCount = 1
        var renderer = format.makeRenderer(rendering)
        var bytes: [UInt8] = []
        var decoder = ReplyDecoder(.saved)
        for case .chunk(let chunk) in decoder.feed(reply[...]) + decoder.finish() { renderer.render(chunk, to: &bytes) }
        renderer.finish(isWhole: true, to: &bytes)
        return bytes
    }

    private var figures: String {
        let first = score.isFirstScored ? "" : ", the first not counted: nothing comes before it"
        var lines = [
            ("tokens", "\(echo.tokens.count)\(first)"),
            ("log probability", Decimal.format(score.logprob, places: 4)),
            ("perplexity", Decimal.format(score.perplexity, places: 4)),
            ("bits per byte", score.bitsPerByte.map { Decimal.format($0, places: 4) } ?? "-"),
        ]
        if let token = score.startToken { lines.append(("start token", TokenText.quote(token))) }
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { Columns.pad($0.0, to: width) + "  " + $0.1 + "\n" }.joined() + "\nleast likely\n" + places
    }

    /// A line for each of the least likely tokens: where it stands, how likely it was, and what was expected.
    private var places: String {
        let rows = score.leastLikely.map { place -> [String] in
            let other = place.token.alternatives?.filter { $0.text != place.token.text?[...] }
                .max { ($0.logprob ?? -.infinity) < ($1.logprob ?? -.infinity) }
            let expected = other.flatMap { other -> String? in
                guard let logprob = other.logprob, logprob > place.logprob else { return nil }
                return "expected \(TokenText.name(other)) \(Decimal.percent(logprob))"
            }
            return [
                "\(place.line):\(place.column)", Decimal.percent(place.logprob),
                TokenText.quote(place.token.text ?? []),
                expected ?? "",
            ]
        }
        let widths = (0..<3).map { column in rows.map { Columns.count($0[column]) }.max() ?? 0 }
        return rows.map { row in
            let cells = (0..<3).map { Columns.pad(row[$0], to: widths[$0], alignRight: $0 == 1) } + [row[3]]
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}
