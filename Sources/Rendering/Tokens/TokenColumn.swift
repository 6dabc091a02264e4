import Logprobs

/// What a column of a table shows of a token. The name is what `--columns` takes and what heads the column of a
/// `tsv`; names stay as they are.
public enum TokenColumn: String, CaseIterable, Sendable {
    case prompt, choice, part, position, offset, id, token
    case logprob, prob, bar, rank, margin, surprise, entropy, missing, total, perplexity
    case flags, alternatives

    /// Those of `markdown` when none are chosen.
    public static let ofMarkdown: [TokenColumn] = [.position, .token, .logprob, .prob, .rank, .alternatives]

    /// What it holds, as a short phrase.
    public var summary: String {
        switch self {
        case .prompt: "Number of the prompt, from 0"
        case .choice: "Number of the choice, from 0"
        case .part: "Whether reasoning or text"
        case .position: "Position of the token in its choice, from 0"
        case .offset: "The server's text_offset"
        case .id: "Token ID"
        case .token: "Token"
        case .logprob: "Log probability (natural logarithm)"
        case .prob: "Probability"
        case .bar: "Probability as a bar"
        case .rank: "Rank among the alternatives, from 1"
        case .margin: "Lead over the most likely other token"
        case .surprise: "Surprisal in bits"
        case .entropy: "Bounds of the entropy in bits"
        case .missing: "Probability of all tokens not listed"
        case .total: "Sum of the log probabilities so far"
        case .perplexity: "Perplexity so far"
        case .flags: "Irregularities, comma-separated"
        case .alternatives: "Most likely tokens with their probabilities"
        }
    }

    /// More, in sentences; may be empty.
    public var details: String {
        switch self {
        case .prompt, .choice, .offset, .token, .bar, .missing, .total: ""
        case .part:
            "In a tsv only if one of the first tokens received is reasoning; reasoning that comes later is named in flags."
        case .position: "Reasoning has positions of its own."
        case .id: "If the server returns it."
        case .logprob: "In a table null where the server returned null."
        case .prob: "Percent in a table, 0..1 in a tsv."
        case .rank: ">5 if it is not among the 5 that are known."
        case .margin: "A difference of log probabilities; negative if the other was more likely."
        case .surprise: "1 bit for one of two equally likely tokens."
        case .entropy:
            "The missing probability is put on as few tokens as can hold it (lower bound), or spread over all others of "
                + "--vocab-size (upper bound, none without it). In a tsv two columns, entropy_low and entropy_high."
        case .perplexity: "In a choice's last line, that of the choice."
        case .flags: Self.flagSummary + "."
        case .alternatives:
            "Each is quoted, with its probability (log probability in a tsv); the sampled one after an asterisk (bold in "
                + "markdown). In a table always last."
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
