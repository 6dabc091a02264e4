public import Platform

/// Why no score is taken from a response to a prompt that was to be echoed with log probabilities.
///
/// Whatever a server does wrong here gives numbers that look right, so everything that can be checked is.
public enum EchoProblem: Error, Equatable, Sendable {
    /// Any number of choices but one.
    case choices(Int)
    /// Only the completion came.
    case echoIgnored
    /// The text that came back differs from what was sent, from this byte on.
    case promptAltered(at: Int)
    /// A token that begins a text stands there twice: the server put it before a prompt that has it, or put two.
    case doubledStart([UInt8])
    /// No log probabilities at all.
    case noLogprobs
    /// Log probabilities in another form than the parallel arrays of the completions API.
    case shape(Message)
    /// Not as many log probabilities as tokens.
    case counts(tokens: Int, logprobs: Int)
    /// A token that must have a log probability has none.
    case missingLogprob(token: Int)
    /// A log probability above 0.
    case positiveLogprob(token: Int)
    /// A token that the text does not have where it would be.
    case tokenNotInText(token: Int, at: Int)
    /// The tokens end before the text.
    case textWithoutToken(at: Int)
    /// Not as many tokens as IDs were sent, and at most one more.
    case tokenCount(sent: Int, received: Int)
    /// Another token than the one that was sent.
    case otherToken(token: Int)
    /// More than the one token that was asked for after the prompt.
    case tooManyTokens(Int)
    /// A text ends in parts of a character, and nothing tells whether the last of them is the completion's.
    case ambiguousEnd
    /// The offsets of the tokens are missing, in part or all.
    case noOffsets
    /// An offset that contradicts the tokens' texts, whatever it counts and wherever it begins.
    case offsets(token: Int)
    /// The first token of what is scored has nothing before it, and so no log probability.
    case nothingBefore
    /// The tokens before the one that is prompt and continuation are others without the continuation.
    case retokenized(token: Int)
    /// With a continuation that shares a token with it, the prompt is likelier than without, so that no probability is left
    /// for the continuation.
    case likelierThanPrompt
}

extension EchoProblem {
    /// What is wrong, for a message.
    public var message: Message {
        switch self {
        case .choices(let count): "expected one choice, got \(count)"
        case .echoIgnored: "the server ignored echo: the prompt's tokens are missing"
        case .promptAltered(let place): "the server altered the prompt from byte \(place) on"
        case .doubledStart(let name): "the start token \(quoted: name) comes twice"
        case .noLogprobs: "the response has no log probabilities"
        case .shape(let words): "the log probabilities are not those of the completions API: \(words)"
        case .counts(let tokens, let logprobs): "\(tokens) tokens, but \(logprobs) log probabilities"
        case .missingLogprob(let token): "token \(token) has no log probability"
        case .positiveLogprob(let token): "token \(token) has a log probability above 0"
        case .tokenNotInText(let token, let place): "token \(token) is not in the text at byte \(place)"
        case .textWithoutToken(let place): "the tokens end at byte \(place) of the text"
        case .tokenCount(let sent, let received): "\(sent) tokens sent, \(received) received"
        case .otherToken(let token): "token \(token) is not the one that was sent"
        case .tooManyTokens(let count): "expected at most one token after the prompt, got \(count)"
        case .ambiguousEnd: "the text ends within a character, and the tokens do not tell where the prompt ends"
        case .noOffsets: "tokens lack their text_offset"
        case .offsets(let token): "the text_offset of token \(token) contradicts the tokens before it"
        case .nothingBefore: "it begins with the first token of all, to which the server gives no log probability"
        case .retokenized(let token):
            "the prompt's tokens change with the continuation, from token \(token) on"
        case .likelierThanPrompt:
            "its beginning and the prompt's end are one token, likelier than that end alone, so that there is no score"
        }
    }

    /// What to do about it; nil where the server is to blame.
    public var advice: Message? {
        switch self {
        case .nothingBefore: "give a prompt before the continuation"
        case .retokenized, .likelierThanPrompt:
            "end the prompt at a word's end, without a blank, and begin the continuation with the blank"
        case .doubledStart: "the server adds it; if the prompt begins with it, leave it out there"
        case .ambiguousEnd: "end the text with a whole word"
        default: nil
        }
    }

    /// Whether the server's way to answer is to blame, whatever the text.
    var isOfServer: Bool {
        switch self {
        case .choices, .echoIgnored, .noLogprobs, .shape, .counts, .tooManyTokens, .noOffsets: true
        case .promptAltered, .doubledStart, .missingLogprob, .positiveLogprob, .tokenNotInText, .textWithoutToken,
            .tokenCount, .otherToken, .ambiguousEnd, .offsets, .nothingBefore, .retokenized, .likelierThanPrompt:
            false
        }
    }
}
