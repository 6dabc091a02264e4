import Platform

/// How the program ends for an error, and what is reported of it.
struct Explanation {
    /// How the program ends.
    let status: ExitStatus
    /// One line without the program's name; empty when nothing is to be said.
    let message: Message
    /// One line of advice; nil when there is none.
    let hint: Message?

    init(_ status: ExitStatus, _ message: Message, hint: Message? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }
}

extension Message.StringInterpolation {
    /// A time in seconds, such as `0.5 s`.
    mutating func appendInterpolation(seconds duration: Duration) {
        let seconds = duration.inSeconds
        appendInterpolation(Int(exactly: seconds).map { "\($0) s" as Message } ?? "\(seconds) s")
    }
}
