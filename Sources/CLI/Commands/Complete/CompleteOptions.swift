import Flags
import Platform
import Rendering

/// What the command line of `complete` says: plain data, nothing looked up, nothing read.
struct CompleteOptions: ServerOptions {
    var prompt = PromptOptions()
    var request = RequestOptions()
    var output = OutputOptions()
    var checks = CompletionChecks()
    var connection = ConnectionOptions()
    /// What is printed in place of sending the request; nil to send it.
    var preview: Preview.Kind?
    var isVerbose = false

    var isQuiet: Bool { output.isQuiet }
    var reportsErrorsAsJSON: Bool { output.format.reportsErrorsAsJSON }
    var sendsRequests: Bool { preview == nil }
    var subject: Failure.Subject { .completion(request.model) }

    func check() throws(UsageError) {
        try request.check()
        if preview == nil { try connection.check() }
    }

    mutating func takeOperands(_ outcome: Parser<CompleteOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        try prompt.takeOperands(
            zip(outcome.operands, outcome.countsBefore).map { PromptOptions.Operand(text: $0, countsBefore: $1) },
            keyReadsInput: connection.key?.readsInput == true, context)
        do throws(UsageError) {
            guard prompt.readsEscapes else { return }
            try request.readEscapesOfStops()
            try prompt.readEscapes()
        } catch {
            throw .usage(error)
        }
    }

    /// What is worth a note although it is sent.
    ///
    /// - Parameters:
    ///   - keyWarning: what is to be said of where the key was.
    ///   - hasFinalNewline: whether the prompt ends in a newline that did not come from the command line.
    ///   - isWatched: whether a person is likely to read the notes.
    func notes(
        keyWarning: Message?, hasFinalNewline: Bool, isWatched: Bool, _ context: ProcessContext
    ) -> [Message] {
        var notes = request.notes(readsEscapes: prompt.readsEscapes) + [keyWarning].compactMap(\.self)
        if hasFinalNewline, isWatched {
            notes.append("the prompt ends in a newline, which is sent; --chomp drops it")
        }
        let readsInput = prompt.sources.contains(where: \.readsInput) || connection.key?.readsInput == true
        if !readsInput, !prompt.ignoresInput, Descriptor.hasPipedBytes(context.input) {
            notes.append(
                "standard input is not read when a prompt is given; --prompt-join appends it, --ignore-stdin "
                    + "silences this note")
        }
        return notes
    }
}
