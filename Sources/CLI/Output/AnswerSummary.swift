import API
import Evaluation
import JSON
import Logprobs
import Platform
import Rendering

/// What was seen of an answer, and what a person should know of it when it is whole.
struct AnswerSummary {
    /// Why each choice ended, by its index; empty where the server has not said.
    private var finishReasons: [Int: String] = [:]
    private var hasLogprobs = false
    private var hasNonFinite = false
    private let failReasons: [String]
    private var record: AnswerRecord
    private var echo: EchoCheck
    /// The reply's last `usage` and `time_info`; nil where it told none.
    private(set) var usage: JSONView?
    private(set) var timeInfo: JSONView?

    /// Of an answer that must stand these checks.
    ///
    /// - Parameter prompts: those that were to come back before the completions.
    init(_ checks: AnswerChecks, echoing prompts: EchoedPrompts = EchoedPrompts()) {
        echo = EchoCheck(prompts)
        failReasons = checks.failReasons
        record = AnswerRecord(checks.expectations)
    }

    /// Whether a choice has come that may have to wait for another one.
    private(set) var hasLaterChoices = false

    /// How many choices have come.
    var choiceCount: Int { finishReasons.count }

    /// Takes note of a chunk.
    mutating func note(_ chunk: CompletionChunk) {
        record.note(chunk)
        usage = chunk.usage ?? usage
        timeInfo = chunk.timeInfo ?? timeInfo
        hasNonFinite = hasNonFinite || chunk.hasNonFinite
        for choice in chunk.choices {
            echo.note(choice)
            hasLaterChoices = hasLaterChoices || choice.index != 0
            finishReasons[choice.index] = choice.finishReason ?? finishReasons[choice.index] ?? ""
            hasLogprobs = hasLogprobs || choice.hasLogprobs
        }
    }

    /// Tells of choices that were stopped early, and of what was asked for and did not come.
    func tell(of plan: Plan, to notes: Notes) {
        tellReasons(plan.format, to: notes)
        tell("", "the server sent no finish reason", notes)
        let (came, asked) = (finishReasons.count, plan.context.choiceCount)
        if came != asked { notes.note("asked for \(asked) choice\(asked == 1 ? "" : "s"), \(came) came") }
        if plan.context.topCount != nil, !hasLogprobs { notes.note("the server sent no log probabilities") }
        tell(of: echo.missing, "the server did not echo the prompt (--echo)", notes)
    }

    /// Tells of choices that were stopped early.
    func tellReasons(_ format: Format, to notes: Notes) {
        if notes.isTerminal, !format.tellsErrorsAsJSON {
            tell("length", "stopped at the token limit (length); --max-tokens raises it", notes)
        }
        if hasNonFinite, format.tellsErrorsAsJSON {
            notes.note("the reply has NaN or Infinity for a log probability, which is not JSON")
        }
        tell("content_filter", "stopped by the server's content filter (content_filter)", notes)
    }

    /// What is not as it must be, in a whole answer, as a failure; nil when all is well.
    var failure: Failure? {
        if let problem = refusedReason { return .unexpected("\(problem) (--fail-on)") }
        let problems = record.problems
        return problems.isEmpty ? nil : .unexpected("\(problems.joined(separator: "; ")) (--expect)")
    }

    /// The first choice that ended for a reason that is not to be taken for success, in words.
    private var refusedReason: Message? {
        let choice = finishReasons.filter { failReasons.contains($0.value) }.min { $0.key < $1.key }
        guard let choice else { return nil }
        let subject: Message = finishReasons.count == 1 ? "the answer" : "choice \(choice.key)"
        return "\(subject) ended for the finish reason \(quoted: choice.value.utf8)"
    }

    private func tell(_ reason: String, _ words: Message, _ notes: Notes) {
        tell(of: finishReasons.filter { $0.value == reason }.keys.sorted(), words, notes)
    }

    private func tell(of choices: [Int], _ words: Message, _ notes: Notes) {
        guard !choices.isEmpty else { return }
        let names = choices.map(String.init).joined(separator: ", ")
        let noun = choices.count == 1 ? "choice" : "choices"
        notes.note(finishReasons.count == 1 ? words : "\(own: noun) \(own: names): \(words)")
    }
}
