#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// The first interrupt as a wish to come to an end rather than an order to stop: what is under way may be finished. The second
/// is one like any other.
public enum InterruptDeferral {
    private static let (off, armed, used) = (Int32(0), Int32(1), Int32(2))
    private static let state = Atomic<Int32>(off)
    /// The ends of the pipe, written before the first interrupt is deferred, and kept.
    nonisolated(unsafe) private static var waitEnd: Int32 = -1
    nonisolated(unsafe) private static var wakeEnd: Int32 = -1
    private static let opening = Mutex(())

    /// Defers the next interrupt.
    ///
    /// - Returns: a descriptor that becomes readable when it comes, until ``isRequested`` is read.
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

    /// Whether an interrupt came that was deferred.
    public static var isRequested: Bool {
        guard state.load(ordering: .relaxed) == used else { return false }
        var byte: UInt8 = 0
        _ = read(waitEnd, &byte, 1)
        return true
    }

    /// Defers nothing any more. An interrupt that was deferred has then come, for ``StopSignals/received``, without waking what
    /// waits for it.
    public static func end() {
        let last = state.exchange(off, ordering: .sequentiallyConsistent)
        if last == used { StopSignals.noteDeferred(SIGINT) }
    }

    /// Takes a signal, in its handler; false when it is not deferred.
    static func take(_ number: Int32) -> Bool {
        guard number == SIGINT,
            state.compareExchange(expected: armed, desired: used, ordering: .sequentiallyConsistent).exchanged
        else { return false }
        var byte: UInt8 = 0
        _ = write(wakeEnd, &byte, 1)
        return true
    }
}
