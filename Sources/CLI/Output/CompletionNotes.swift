import API
import Logprobs
import Platform
import Rendering

/// What a person should know of a complete response besides its completions.
struct CompletionNotes {
    /// What is said of a page at a terminal.
    static let page: Message = "html is for a browser; write it to a file, as in: -f html >page.html"

    private let record: CompletionRecord
    private let notes: Notes

    /// What a record shows, to be written as notes.
    init(_ record: CompletionRecord, to notes: Notes) {
        (self.record, self.notes) = (record, notes)
    }

    private var choices: [Int: ReplyProgress.Choice] { record.progress.choices }

    /// Notes choices that were stopped early, and what was requested and did not come.
    func write(for display: DisplayPlan) {
        writeReasons(display.format, isWatched: display.context.isTerminal)
        note(choices(endedBy: nil), "the server sent no finish reason")
        let (came, asked) = (choices.count, display.context.choiceCount)
        if came != asked { notes.note("requested \(asked) choice\(asked == 1 ? "" : "s"), received \(came)") }
        if display.context.topCount != nil, !record.progress.hasLogprobs {
            notes.note("the server sent no log probabilities")
        }
        note(EchoCheck.missing(of: display.echoedPrompts, in: record), "the server did not echo the prompt (--echo)")
    }

    /// Notes choices that were stopped early, and output that is not for the terminal that shows it.
    ///
    /// - Parameter isWatched: whether the output is a terminal.
    func writeReasons(_ format: Format, isWatched: Bool) {
        if isWatched, format.isPage { notes.note(Self.page) }
        if notes.isTerminal, !format.reportsErrorsAsJSON {
            note(choices(endedBy: "length"), "stopped at the token limit (length); --max-tokens raises it")
        }
        if record.progress.hasNonFinite, format.reportsErrorsAsJSON {
            notes.note("the response has NaN or Infinity as a log probability, which is not JSON")
        }
        note(choices(endedBy: "content_filter"), "stopped by the server's content filter (content_filter)")
    }

    private func choices(endedBy reason: String?) -> [Int] {
        choices.filter { $0.value.finishReason == reason }.keys.sorted()
    }

    private func note(_ places: [Int], _ problem: Message) {
        guard !places.isEmpty else { return }
        let names = places.map(String.init).joined(separator: ", ")
        let noun = places.count == 1 ? "choice" : "choices"
        notes.note(choices.count == 1 ? problem : "\(own: noun) \(own: names): \(problem)")
    }
}
