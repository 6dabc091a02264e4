public import Platform

/// Why a question has no score though the responses are complete.
public struct ScoreProblem: Error, Equatable, Sendable {
    /// What of the question it is found in.
    public enum Part: Equatable, Sendable {
        case continuation(ScoreInput)
        case prompt
        case text
    }

    /// Which of the server's doings.
    public enum Reason: Equatable, Sendable {
        case echo(EchoProblem)
        case nextToken(NextTokenScore.Problem)
    }

    /// What of the question it is found in.
    public let part: Part
    /// Which of the server's doings.
    public let reason: Reason

    /// One line that names the part and what is wrong.
    public var message: Message {
        let name: Message =
            switch part {
            case .continuation(let input): "continuation \(quoted: input.name)"
            case .prompt: "the prompt"
            case .text: "the text"
            }
        return switch reason {
        case .echo(.nothingBefore) where part == .text:
            "\(name): it is one token, and the server gives the first token of all no log probability"
        case .echo(let problem): "\(name): \(problem.message)"
        case .nextToken(let problem): "\(name): \(problem.message)"
        }
    }

    /// What to do about it; nil when there is nothing to say.
    public var advice: Message? {
        guard case .echo(let problem) = reason else { return nil }
        if part == .text, problem == .nothingBefore {
            return "give more text, or a prompt and the text as --continuation"
        }
        if let advice = problem.advice { return advice }
        return part == .text
            ? "no score of this server's can be trusted" : "for single tokens there is --method next-token"
    }

    /// Whether the server would give no score of any other question either.
    public var isOfServer: Bool {
        switch reason {
        case .echo(let problem): problem.isOfServer
        case .nextToken(let problem): problem != .noAlternatives
        }
    }
}

extension NextTokenScore.Problem {
    /// What is wrong, for a message.
    fileprivate var message: Message {
        switch self {
        case .choices(let count): "expected one choice, got \(count)"
        case .echoed: "the server echoed the prompt, which was not asked for"
        case .noAlternatives: "the server listed no next tokens"
        }
    }
}
