/// What the command is to do about a fault, in every format.
struct FaultCell: Sendable {
    /// What stands on standard output.
    enum Output: Sendable {
        case nothing
        /// So many tokens of a stream; of a document nothing, since half of one is none.
        case begun(Int)
        /// An answer that its server calls whole after so many tokens.
        case ended(Int)
        case whole
    }

    /// The exit status.
    let status: Int32
    /// Standard output.
    let output: Output
    /// The messages and hints of standard error, line by line; in formats for programs they are objects.
    let error: [String]

    /// The whole answer, and nothing to say.
    static let answers = FaultCell(status: 0, output: .whole, error: [])

    /// The whole answer, after retries that were told.
    static func answers(after notes: String...) -> FaultCell {
        FaultCell(status: 0, output: .whole, error: notes.map { "note: retry \($0)" })
    }

    /// No answer.
    static func fails(_ status: Int32, _ error: String...) -> FaultCell {
        FaultCell(status: status, output: .nothing, error: error)
    }

    /// An answer that broke off after so many tokens.
    static func breaks(_ status: Int32, after tokens: Int, _ error: String) -> FaultCell {
        FaultCell(status: status, output: .begun(tokens), error: [error])
    }

    /// A stream that is cut short after three tokens, and so written.
    static func cutShort(_ reason: String) -> FaultCell {
        breaks(9, after: 3, "response truncated after 3 tokens: \(reason)")
    }

    /// No reply that can be read, from the server's address.
    static func noReply(_ status: Int32, _ reason: String) -> FaultCell {
        fails(status, "{url}/v1/completions: \(reason)")
    }

    /// Standard error, line by line.
    var errorLines: [String] { error.map { $0.hasPrefix("hint: ") ? $0 : "cerebras: \($0)" } }

    /// What programs read of it beside the object of a failure, line by line.
    var programLines: [String] {
        error.compactMap { line in
            if let note = line.wholeMatch(of: /note: retry (\d) of (\d) in (.*?) s: (.*)/) {
                let (_, number, most, wait, reason) = note.output
                let text = reason.replacing("\"", with: "\\\"")
                return #"{"retry":{"number":\#(number),"of":\#(most),"seconds":\#(wait),"reason":"\#(text)"}}"#
            }
            return line.hasPrefix("note: ") ? #"{"note":{"message":"\#(line.dropFirst(6))"}}"# : nil
        }
    }
}
