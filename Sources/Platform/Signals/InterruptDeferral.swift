#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// The first SIGINT or SIGTERM as a wish to come to an end rather than an order to stop: what is under way may be finished. The
/// second is one like any other.
public enum InterruptDeferral {
    /// What ``state`` is besides the signal that was deferred.
    private static let (off, armed) = (Int32(0), Int32(-1))
    private static let state = Atomic<Int32>(off)
    /// The ends of the pipe, written before the first interrupt is deferred, and kept.
    nonisolated(unsafe) private static var waitEnd: Int32 = -1
    nonisolated(unsafe) private static var wakeEnd: Int32 = -1
    private static let opening = Mutex(())

    /// Defers the next of these signals.
    ///
    /// - Returns: a descriptor that becomes readable when it comes, until ``signal`` is read.
    /// - Throws: ``SystemError`` when the system gives none.
    public static func start() throws(SystemError) -> Int32 {
        try opening.withLock { (_) throws(SystemError) in if waitEnd < 0 { try open() } }
        state.store(armed, ordering: .sequentiallyConsistent)
        return waitEnd
    }

    private static func open() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .lastCall("interrupt pipe") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (waitEnd, wakeEnd) = (ends[0], ends[1])
    }

    /// The signal that was deferred; nil for none.
    public static var signal: Int32? {
        let number = state.load(ordering: .relaxed)
        guard number > 0 else { return nil }
        var byte: UInt8 = 0
        _ = read(waitEnd, &byte, 1)
        return number
    }

    /// Has the signal that was deferred come after all: what is under way took too long.
    public static func insist() {
        let number = state.load(ordering: .relaxed)
        if number > 0 { kill(getpid(), number) }
    }

    /// Defers nothing any more. A signal that was deferred has then come, for ``StopSignals/received``, without waking what
    /// waits for it.
    public static func end() {
        let last = state.exchange(off, ordering: .sequentiallyConsistent)
        if last > 0 { StopSignals.noteDeferred(last) }
    }

    /// Takes a signal, in its handler; false when it is not deferred.
    static func take(_ number: Int32) -> Bool {
        guard number == SIGINT || number == SIGTERM,
            state.compareExchange(expected: armed, desired: number, ordering: .sequentiallyConsistent).exchanged
        else { return false }
        var byte: UInt8 = 0
        _ = write(wakeEnd, &byte, 1)
        return true
    }
}
