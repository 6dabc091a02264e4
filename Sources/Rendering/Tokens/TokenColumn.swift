import Logprobs

/// What can be told of a token in a column of a table. The name is what `--columns` takes and what heads the column of a
/// `tsv`; names stay as they are.
public enum TokenColumn: String, CaseIterable, Sendable {
    case prompt, choice, part, position, offset, id, token
    case logprob, prob, bar, rank, margin, surprise, entropy, missing, total, perplexity
    case flags, alternatives

    /// Those of `markdown` when none are chosen.
    public static let ofMarkdown: [TokenColumn] = [.position, .token, .logprob, .prob, .rank, .alternatives]

    /// What it holds, in a clause for the documents.
    public var summary: String {
        switch self {
        case .prompt: "prompt number, from 0"
        case .choice: "choice number, from 0"
        case .part:
            "text, or reasoning; in a tsv by default only if the first tokens include reasoning (later reasoning is "
                + "marked in flags)"
        case .position: "position of the token in its choice, from 0; reasoning is counted apart"
        case .offset: "text_offset as the server sent it"
        case .id: "token ID, if the server sends it"
        case .token: "token"
        case .logprob: "log probability (natural logarithm); in a table null where the server sent null"
        case .prob: "probability: percent in a table, 0 to 1 in a tsv"
        case .bar: "probability as a bar"
        case .rank: "rank by probability, from 1; >5 if it is not among the 5 alternatives listed"
        case .margin: "log probability minus that of the most likely other token; negative if another was more likely"
        case .surprise: "surprisal in bits: 1 for one of two equally likely tokens"
        case .entropy:
            "lower and upper bound of the entropy of the model's distribution, in bits: the missing probability on as "
                + "few tokens as possible, or spread evenly over the rest of --vocab-size (without it, no upper bound); "
                + "in a tsv two columns, entropy_low and entropy_high"
        case .missing: "total probability of the tokens that are not listed"
        case .total: "cumulative log probability"
        case .perplexity: "cumulative perplexity; in the last line of a choice, that of the choice"
        case .flags: "anomalies, comma-separated: " + Self.flagSummary
        case .alternatives:
            "most likely tokens, quoted, each with its probability (log probability in a tsv), the sampled one after an "
                + "asterisk (in bold in markdown); in a table always last"
        }
    }

    private static var flagSummary: String {
        TokenFlag.allCases.map { "\($0.rawValue) (\($0.meaning))" }.joined(separator: ", ")
    }

    /// Whether its cells are numbers, which end below each other.
    var isNumber: Bool {
        switch self {
        case .part, .token, .bar, .flags, .alternatives: false
        default: true
        }
    }

    /// The names that head its columns in a `tsv`.
    var names: [String] { self == .entropy ? ["entropy_low", "entropy_high"] : [rawValue] }
}
