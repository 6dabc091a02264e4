import API
import Logprobs
import Platform

/// The places where a completion might well have gone on otherwise: another token had at least half the sampled one's
/// probability. The closest few are kept.
struct HeatmapForks {
    /// A token that might have been another.
    private struct Fork {
        let choice: Int
        /// The token's place in its choice, from 0.
        let position: Int
        let description: String
        /// The other's log probability less the sampled one's.
        let lead: Double
    }

    /// How many are listed.
    private static let most = 5
    /// The natural logarithm of a half.
    private static let leastLead = -0.6931471805599453
    /// Just above the natural logarithm of two thirds: past it no other token has half the probability, and most tokens are.
    private static let mostSure = -0.4054
    private static let somePart = "part of a character"

    /// In the order in which they came.
    private var closest: [Fork] = []
    private var count = 0

    /// Takes note of a token.
    ///
    /// - Parameters:
    ///   - span: the text that it is of.
    ///   - topCount: how many likely tokens were requested; nil when that is not known.
    mutating func add(_ token: TokenLogprob, of span: TextSpan, choice: Int, position: Int, topCount: Int?) {
        guard let logprob = token.logprob, logprob.isFinite, logprob < Self.mostSure,
            token.alternativeCount > 0
        else { return }
        let statistics = TokenStatistics(token, topCount: topCount)
        let other = statistics.alternatives.indices.first { $0 != statistics.sampledPlace }
        guard let other = other.map({ statistics.alternatives[$0] }), let otherLogprob = other.logprob,
            otherLogprob - logprob >= Self.leastLead
        else { return }
        count += 1
        let names = [(Self.name(token, of: span), logprob), (Self.name(other), otherLogprob)]
        let description = names.map { $0 + " " + Decimal.percent($1, places: 0) }.joined(separator: " | ")
        closest.append(
            Fork(choice: choice, position: position, description: description, lead: otherLogprob - logprob))
        guard closest.count > Self.most else { return }
        // The least telling goes, the later of equals.
        let last = closest.indices.min { (closest[$0].lead, -$0) < (closest[$1].lead, -$1) }
        if let last { closest.remove(at: last) }
    }

    /// A token's text, else its ID; of a part of a character without its bytes, the character if it is known.
    private static func name(_ token: TokenLogprob, of span: TextSpan) -> String {
        guard let text = token.text else { return token.id.map { "#\($0)" } ?? "-" }
        guard TokenText.isPart(text) else { return TokenText.quote(text) }
        return TokenText.isPart(span.text) ? somePart : "part of \(TokenText.quote(span.text))"
    }

    private static func name(_ alternative: TokenLogprob.Alternative) -> String {
        TokenText.isPart(Array(alternative.text)) ? somePart : TokenText.name(alternative)
    }

    /// A line for each, under one that says what they are, with an empty one before them; empty when there are none.
    func text(_ context: RenderContext) -> String {
        guard !closest.isEmpty else { return "" }
        let share = count > closest.count ? "\(closest.count) of \(count); " : ""
        let title = "forks (\(share)another token was at least half as likely): sampled | alternative"
        let hasChoices = context.choiceCount > 1 || closest.contains { $0.choice != 0 }
        let width = closest.map { "\($0.position)".count }.max() ?? 0
        let lines = closest.sorted { ($0.choice, $0.position) < ($1.choice, $1.position) }.map { fork in
            let place = Columns.pad("\(fork.position)", to: width, alignRight: true)
            return (hasChoices ? "  choice \(fork.choice)" : "") + "  \(place)  \(fork.description)"
        }
        let limit = context.isTerminal ? context.width : nil
        let shown =
            limit.map { limit in
                Columns.wrap(title, into: limit) + lines.map { Columns.fit($0, into: limit) }
            } ?? [title] + lines
        return "\n" + shown.map { $0 + "\n" }.joined()
    }
}
