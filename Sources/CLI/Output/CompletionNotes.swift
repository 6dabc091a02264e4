import API
import Evaluation
import JSON
import Logprobs
import Platform
import Rendering

/// What a person should know of an answer when it is whole.
struct CompletionSummary {
    private let checks: CompletionChecks
    private let record: CompletionRecord
    private let progress: ReplyProgress
    private let prompts: EchoedPrompts

    /// Of an answer that must stand these checks.
    ///
    /// - Parameters:
    ///   - record: what was kept of it, as the checks need it.
    ///   - prompts: those that were to come back before the completions.
    init(
        _ checks: CompletionChecks, _ record: CompletionRecord, _ progress: ReplyProgress,
        echoing prompts: EchoedPrompts = EchoedPrompts()
    ) {
        (self.checks, self.record, self.progress, self.prompts) = (checks, record, progress, prompts)
    }

    /// Of a complete response as it was recorded.
    init(of content: [UInt8], _ checks: CompletionChecks) {
        var decoder = ReplyDecoder(.saved)
        var record = checks.makeRecord()
        for case .chunk(let chunk) in decoder.feed(content[...]) + decoder.finish() { record.note(chunk) }
        self.init(checks, record, decoder.progress)
    }

    /// The reply's last `usage` and `time_info`; nil where it told none.
    var usage: JSONView? { progress.usage }
    var timeInfo: JSONView? { progress.timeInfo }

    /// Reports choices that were stopped early, and of what was asked for and did not come.
    func report(of plan: DisplayPlan, to notes: Notes) {
        reportReasons(plan.format, to: notes)
        report(nil, "the server sent no finish reason", notes)
        let (came, asked) = (progress.choices.count, plan.context.choiceCount)
        if came != asked { notes.note("requested \(asked) choice\(asked == 1 ? "" : "s"), received \(came)") }
        if plan.context.topCount != nil, !progress.hasLogprobs { notes.note("the server sent no log probabilities") }
        report(of: EchoCheck.missing(of: prompts, in: record), "the server did not echo the prompt (--echo)", notes)
    }

    /// Reports choices that were stopped early.
    func reportReasons(_ format: Format, to notes: Notes) {
        if notes.isTerminal, !format.reportsErrorsAsJSON {
            report("length", "stopped at the token limit (length); --max-tokens raises it", notes)
        }
        if progress.hasNonFinite, format.reportsErrorsAsJSON {
            notes.note("the response has NaN or Infinity as a log probability, which is not JSON")
        }
        report("content_filter", "stopped by the server's content filter (content_filter)", notes)
    }

    /// What is not as it must be, in a whole answer, as a failure; nil when all is well.
    var failure: Failure? {
        if let problem = refusedReason { return .unexpected("\(problem) (--fail-on)") }
        let problems = ExpectationChecks(checks.expectations).problems(in: record, progress)
        return problems.isEmpty ? nil : .unexpected("\(problems.joined(separator: "; ")) (--expect)")
    }

    /// The first choice that ended for a reason that is not to be taken for success, in words.
    private var refusedReason: Message? {
        let refused = progress.choices.compactMap { index, choice in
            choice.finishReason.flatMap { checks.failReasons.contains($0) ? (index: index, reason: $0) : nil }
        }
        guard let choice = refused.min(by: { $0.index < $1.index }) else { return nil }
        let subject: Message = progress.choices.count == 1 ? "" : "choice \(choice.index): "
        return "\(subject)finish reason \(quoted: choice.reason.utf8)"
    }

    private func report(_ reason: String?, _ words: Message, _ notes: Notes) {
        report(of: progress.choices.filter { $0.value.finishReason == reason }.keys.sorted(), words, notes)
    }

    private func report(of choices: [Int], _ words: Message, _ notes: Notes) {
        guard !choices.isEmpty else { return }
        let names = choices.map(String.init).joined(separator: ", ")
        let noun = choices.count == 1 ? "choice" : "choices"
        notes.note(progress.choices.count == 1 ? words : "\(own: noun) \(own: names): \(words)")
    }
}
