import Platform

/// Signals that ask the program to end: noted when they come, acted on where it can end cleanly.
///
/// A handler can reach nothing but globals, so the flag and the pipe are the program's only global state.
enum StopSignals {
    private static let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    nonisolated(unsafe) private static var pending: sig_atomic_t = 0
    nonisolated(unsafe) private static var wakeEnd: Int32 = -1
    nonisolated(unsafe) private static var limit = Duration.zero

    /// Starts noting signals; a closed pipe, or a file that may not grow, becomes an error of the write that met it.
    ///
    /// - Returns: a descriptor that becomes readable when a signal comes.
    /// - Throws: ``Failure`` when the system gives none, since nothing that waits could then be ended.
    static func watch() throws(Failure) -> Int32 {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system("signal pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        wakeEnd = ends[1]
        for number in all { StopSignalAction.install(number) { StopSignals.note($0) } }
        return ends[0]
    }

    /// Whether a descriptor is of the pipe that signals are noted in, by whatever name it was opened.
    static func isOwn(_ descriptor: Int32) -> Bool {
        var (own, other) = (stat(), stat())
        guard wakeEnd >= 0, fstat(wakeEnd, &own) == 0, fstat(descriptor, &other) == 0 else { return false }
        return own.st_dev == other.st_dev && own.st_ino == other.st_ino
    }

    /// Lets signals end the program at once: what it was to write is written, and what is left may take long.
    static func unwatch() {
        for number in all { StopSignalAction.uninstall(number) }
    }

    /// The signal that came; nil for none.
    static var received: Int32? { pending == 0 ? nil : Int32(pending) }

    /// What the signal that came, or the end of the time, means for the command; nil for none.
    static var failure: Failure? {
        guard let received else { return nil }
        return isTimeUp ? .outOfTime(limit) : .signal(received)
    }

    /// Whether it is the end of the time that came.
    static var isTimeUp: Bool { received == SIGALRM }

    /// Fails when a signal has come, or the time is over.
    static func check() throws(Failure) {
        if let failure { throw failure }
    }

    /// Has the end of a time come like a signal, wherever the program then waits.
    static func limit(to time: Duration) {
        limit = time
        StopSignalAction.install(SIGALRM) { StopSignals.note($0) }
        // Raised over again, since the first may come just before a wait begins.
        AlarmClock.start(after: time, again: .milliseconds(100))
    }

    /// Forgets the time: what is left to do is to say how it ended.
    static func unlimit() {
        AlarmClock.stop()
    }

    /// Ends the process as the signal would have; returns only if it was blocked.
    static func die(of number: Int32) {
        signal(number, SIG_DFL)
        raise(number)
    }

    private static func note(_ number: Int32) {
        let saved = errno
        // A wish of the user's outlives the end of the time.
        if number != SIGALRM || pending == 0 { pending = sig_atomic_t(number) }
        var byte: UInt8 = 0
        _ = write(wakeEnd, &byte, 1)
        errno = saved
    }
}
