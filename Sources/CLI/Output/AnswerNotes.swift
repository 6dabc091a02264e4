import Rendering

/// What a person should know of an answer that is whole.
enum AnswerNotes {
    /// Tells of choices that were stopped early, and of choices that were asked for and did not come.
    ///
    /// - Parameter finishReasons: by the choice's index; nil where the server gave none.
    static func tell(_ finishReasons: [Int: String?], of plan: Plan, to notes: Notes) {
        if notes.isTerminal, !plan.format.tellsErrorsAsJSON {
            tell("length", finishReasons, notes, "stopped at the token limit (length); --max-tokens raises it")
        }
        tell("content_filter", finishReasons, notes, "stopped by the server's content filter (content_filter)")
        let (came, asked) = (finishReasons.count, plan.context.choiceCount)
        if came != asked { notes.note("asked for \(asked) choices, \(came) came") }
    }

    private static func tell(_ reason: String, _ finishReasons: [Int: String?], _ notes: Notes, _ words: String) {
        let choices = finishReasons.filter { $0.value == reason }.keys.sorted()
        guard !choices.isEmpty else { return }
        let names = choices.map(String.init).joined(separator: ", ")
        notes.note(finishReasons.count == 1 ? words : "choice \(names): \(words)")
    }
}
