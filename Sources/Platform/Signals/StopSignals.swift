#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// Signals that ask the program to end: noted when they come, acted on where it can end cleanly.
///
/// A handler can reach nothing but globals, so flag and pipe are, with ``Watchdog``, the program's only
/// global state.
public enum StopSignals {
    /// The signal of a person who interrupts.
    public static let interrupt = SIGINT
    /// The signal that asks a program to end.
    public static let terminate = SIGTERM
    /// The signal of a write that nobody reads.
    public static let closedPipe = SIGPIPE

    private static let all = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
    private static let pending = Atomic<Int32>(0)
    private static let seen = Atomic<Bool>(false)
    /// The time that the program may take, and the exit status when it is over.
    private static let limit = Mutex((time: Duration.zero, exitStatus: Int32(0)))
    /// The ends of the pipe, written before the first handler is there.
    nonisolated(unsafe) private static var wakeEnd: Int32 = -1
    nonisolated(unsafe) private(set) static var waitEnd: Int32 = -1

    /// Starts noting signals; a closed pipe, or a file that may not grow, becomes an error of the write that met it.
    ///
    /// - Returns: ``waitEnd``, which becomes readable when a signal comes.
    /// - Throws: ``SystemError`` when the system gives none, since nothing that waits could then be ended.
    public static func watch() throws(SystemError) -> Int32 {
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .lastCall("signal pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        (waitEnd, wakeEnd) = (ends[0], ends[1])
        // Made before a handler needs it.
        _ = received
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
    public static var received: Int32? {
        let number = pending.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// Whether ``error`` was given, so that the program is ending by itself.
    static var isSeen: Bool { seen.load(ordering: .relaxed) }

    /// What the signal that came, or the end of the time, means for the command; nil for none.
    public static var error: SystemError? {
        guard let received else { return nil }
        seen.store(true, ordering: .relaxed)
        return isTimeUp ? .outOfTime(limit.withLock { $0.time }) : .signal(received)
    }

    /// Whether it is the end of the time that came.
    public static var isTimeUp: Bool { received == SIGALRM }

    /// Fails when a signal has come, or the time is over.
    public static func check() throws(SystemError) {
        if let error { throw error }
    }

    /// Has the end of a time come like a signal, wherever the program then waits.
    ///
    /// - Parameter exitStatus: how the program ends then if it does not end by itself.
    public static func limit(to time: Duration, exitStatus: Int32) {
        limit.withLock { $0 = (time, exitStatus) }
        StopSignalAction.install(SIGALRM) { StopSignals.note($0) }
        // Raised over again, since the first may come just before a wait begins.
        AlarmClock.start(after: time, again: .milliseconds(100))
    }

    /// Takes the end of the time, if it has come, for none: the completion was complete before.
    public static func forgetTime() {
        unlimit()
        _ = pending.compareExchange(expected: SIGALRM, desired: 0, ordering: .relaxed)
    }

    /// Forgets the time: what is left to do is to say how it ended.
    public static func unlimit() {
        AlarmClock.stop()
    }

    /// Ends the process as the signal would have; returns only if it was blocked.
    public static func die(of number: Int32) {
        signal(number, SIG_DFL)
        // To the process, not to the thread, which may have it blocked.
        kill(getpid(), number)
    }

    /// Ends the process as the signal would have, or with the status for the end of the time.
    static func endProcess() {
        guard let received else { return }
        guard !isTimeUp else { _exit(limit.withLock { $0.exitStatus }) }
        die(of: received)
        usleep(100_000)
        _exit(128 + received)
    }

    /// Ends the process at once, without what libraries would still do.
    public static func exit(_ status: Int32) -> Never {
        _exit(status)
    }

    private static func note(_ number: Int32) {
        let saved = errno
        defer { errno = saved }
        if InterruptDeferral.take(number) { return }
        // A wish of the user's outlives the end of the time.
        if number != SIGALRM || received == nil { pending.store(number, ordering: .relaxed) }
        var byte: UInt8 = 0
        _ = write(wakeEnd, &byte, 1)
    }

    /// Takes note of a signal whose time has come, and wakes nothing.
    static func noteDeferred(_ number: Int32) {
        _ = pending.compareExchange(expected: 0, desired: number, ordering: .relaxed)
    }
}
