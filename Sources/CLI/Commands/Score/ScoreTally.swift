import Evaluation
import JSON
import Logprobs
import Platform
import Rendering

/// What the rows of `score --rows` come to together: how many answers are right, and how likely all texts are.
final class ScoreTally {
    /// How many rows have an answer.
    private(set) var answered = 0
    /// Of how many of them the continuation that wins is the answer.
    private var right: [Normalization: Int] = [:]
    private var texts = 0
    private var logprob = CompensatedSum()
    private var tokens = 0
    private var bytes = 0

    /// Adds a row.
    func add(_ score: RecordedScore) {
        switch score {
        case .continuations(let comparison, let answer): add(comparison, answer: answer)
        case .text(let text): add(text)
        }
    }

    private func add(_ comparison: ScoreComparison, answer: Int?) {
        guard let answer else { return }
        answered += 1
        for unit in Normalization.allCases where comparison.winner(by: unit) == answer { right[unit, default: 0] += 1 }
    }

    private func add(_ score: TextScore) {
        texts += 1
        logprob.add(score.logprob)
        tokens += score.tokens
        bytes += score.bytes
    }

    /// The accuracy by a unit; nil when no row has an answer.
    func accuracy(by unit: Normalization) -> Proportion? {
        answered > 0 ? Proportion(right[unit] ?? 0, of: answered) : nil
    }

    /// What is reported of it: for a person, and for programs.
    ///
    /// - Parameter expectations: those of the run as a whole are judged by `unit`.
    func supplement(_ expectations: [ScoreExpectation], by unit: Normalization) -> RunSupplement {
        var supplement = RunSupplement()
        let accuracies = Normalization.allCases.compactMap { unit in accuracy(by: unit).map { (unit, $0) } }
        if !accuracies.isEmpty {
            let parts = accuracies.map { "\($0.rawValue) \(Self.describe($1))" }.joined(separator: ", ")
            supplement.notes.append(
                "accuracy of \(count: answered, "row") with an answer: \(own: parts)")
            supplement.report.append(
                Report.Member(name: "accuracy", value: .object(accuracies.map { ($0.name, $1.report) })))
        }
        if texts > 0, tokens > 0 {
            let perplexity = Double.exp(-logprob.value / Double(tokens))
            let bits = bytes > 0 ? -logprob.value / Double.log(2) / Double(bytes) : nil
            let bitsShown = bits.map { ", \(Decimal.format($0, places: 4)) bits per byte" } ?? ""
            supplement.notes.append(
                """
                \(count: texts, "text") together: perplexity \
                \(own: Decimal.format(perplexity, places: 4) + bitsShown)
                """)
            let figure = { (value: Double) in
                value.isFinite ? Report.number(value) : .text(Message(own: value.description))
            }
            supplement.report.append(
                Report.Member(
                    name: "texts",
                    value: [
                        "count": .integer(texts), "logprob": figure(logprob.value), "tokens": .integer(tokens),
                        "bytes": .integer(bytes), "perplexity": figure(perplexity),
                        "bits_per_byte": bits.map(figure) ?? .null,
                    ]))
        }
        let problems = expectations.compactMap { expectation in
            expectation.problem(withAccuracy: accuracy(by: unit)?.value).map {
                "expected \(expectation.words), got \($0)" as Message
            }
        }
        if !problems.isEmpty { supplement.problem = "\(problems.joined(separator: "; ")) (--expect)" }
        return supplement
    }

    /// `72.5 % (69.1-75.6)`.
    private static func describe(_ accuracy: Proportion) -> String {
        let percent = { (value: Double) in Decimal.format(100 * value, places: 1) }
        let (low, high) = accuracy.interval
        return "\(percent(accuracy.value)) % (\(percent(low))-\(percent(high)))"
    }
}

extension Proportion {
    fileprivate var report: Report {
        [
            "right": .integer(count), "of": .integer(total), "value": .number(value), "low": .number(interval.low),
            "high": .number(interval.high),
        ]
    }
}

extension Normalization {
    fileprivate var name: StaticString {
        switch self {
        case .sum: "sum"
        case .token: "token"
        case .char: "char"
        case .byte: "byte"
        }
    }
}
