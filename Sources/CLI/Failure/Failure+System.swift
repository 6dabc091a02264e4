import Batch
import Flags
import Platform

extension Failure {
    /// What the system did not let the program do.
    init(_ error: SystemError) {
        self =
            switch error {
            case .call(let label, let number): .local(label, reason: Message(own: number.words))
            case .refused(let label, let reason): .local(label, reason: reason)
            case .notPassed(let label, nil): .local(label, reason: "this pipe was not passed to the program")
            case .notPassed(let label, let descriptor?):
                .local(label, reason: "descriptor \(descriptor) was not passed to the program")
            case .wrongDirection(let label, let descriptor, let isForWriting):
                .local(
                    label,
                    reason: "descriptor \(descriptor) is not open for \(own: isForWriting ? "writing" : "reading")")
            case .tooLarge(let label, let limit): .local(label, reason: "gives more than \(ByteCount(limit))")
            case .closedPipe: .closedPipe
            case .signal(let number): .signal(number)
            case .outOfTime(let limit): .outOfTime(limit)
            }
    }
}

extension Failure {
    /// Result files that can't be continued, written or read.
    init(_ error: JournalError) {
        if case .system(let error) = error {
            self.init(error)
        } else if error.isUsage {
            self = .usage(UsageError(error.message, hint: error.hint))
        } else {
            self = .local("result files", reason: error.message)
        }
    }
}

/// Carries out what may throw ``SystemError``, and throws it as a ``Failure``.
func system<Result>(_ body: @autoclosure () throws(SystemError) -> Result) throws(Failure) -> Result {
    do throws(SystemError) { return try body() } catch { throw Failure(error) }
}

extension StopSignals {
    /// What the signal that came, or the end of the time, means for the command; nil for none.
    static var failure: Failure? { error.map(Failure.init) }
}

extension Watchdog {
    /// Says where an end that the main thread does not report is reported.
    static func report(to notes: Notes) {
        setReport(reporter(to: notes.channel))
    }

    /// What reports such an end, on whatever thread ends the process.
    static func reporter(to channel: Notes.Channel) -> @Sendable (Cause, Output?) -> Void {
        { cause, output in
            channel.waitingLine?.endUnlessStuck()
            let failure: Failure =
                switch cause {
                case .stopped(let error): Failure(error)
                case .outOfMemory(let size): .outOfMemory(size)
                }
            guard !failure.message.isEmpty else { return }
            let notes = Notes(channel)
            notes.show(failure, hint: failure.hint)
            if let output, let loss = CLI.Output.loss(of: output.descriptor, output.label) { notes.note(loss) }
        }
    }
}
