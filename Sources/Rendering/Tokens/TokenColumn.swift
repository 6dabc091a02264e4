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
        case .prompt: "the prompt's number, from 0"
        case .choice: "the choice's number, from 0"
        case .part:
            "reasoning for a token of the model's reasoning, else text; in a tsv when there is reasoning among the "
                + "first tokens that come; reasoning that comes later has its name in flags"
        case .position: "the token's place in its choice, from 0; reasoning has places of its own"
        case .offset: "the server's text_offset"
        case .id: "the token's ID, when the server tells it"
        case .token: "the token"
        case .logprob: "the natural logarithm of its probability; in a table null where the server says null"
        case .prob: "its probability: percent in a table, from 0 to 1 in a tsv"
        case .bar: "its probability as a bar"
        case .rank: "its place among the likeliest, from 1; >5 when it is not among the five that are known"
        case .margin: "its log probability less that of the likeliest other token; below 0 when another was likelier"
        case .surprise: "how unexpected it was, in bits: 1 for one of two equally likely tokens"
        case .entropy:
            "the least and the greatest entropy, in bits, that the model's choice can have had: the missing probability in "
                + "as few tokens as can hold it, or evenly over all others of --vocab-size (without it, no greatest); "
                + "in a tsv two columns, entropy_low and entropy_high"
        case .missing: "the probability of all tokens that are not listed, together"
        case .total: "the sum of the log probabilities so far"
        case .perplexity: "the perplexity so far; in a choice's last line, the choice's"
        case .flags: "what is odd, comma-separated: " + Self.flagSummary
        case .alternatives:
            "the likeliest tokens, each quoted and with its probability (log probability in a tsv), the sampled one "
                + "after an asterisk (in bold in markdown); in a table always last"
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
