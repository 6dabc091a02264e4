#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// Ends the program when it was asked to stop and does not end by itself, whatever it computes or waits for.
///
/// A thread of its own waits for the signal or the end of the time. The main thread looks for them wherever it waits, and is
/// given a little time to end in its own way; code that computes need not look. What then takes too long is cut off:
/// temporary files are removed, the end is reported, and the process ends, but never while files are being changed, so that
/// an output is replaced whole or stays as it was.
public enum Watchdog {
    /// Why the process is ended.
    public enum Cause: Sendable {
        /// It was asked to stop, or its time is over.
        case stopped(SystemError)
        /// So many more bytes could not be had.
        case outOfMemory(Int)
    }

    /// The file that was being written: open, and what it is.
    public typealias Output = (descriptor: Int32, label: Message)

    /// A file that is removed when the process ends early.
    struct Temporary: Equatable, Sendable {
        /// An open folder.
        let folder: Int32
        /// Its name there.
        let name: [UInt8]
    }

    private struct State: Sendable {
        var temporaries: [Temporary] = []
        /// The file that is being written; nil for none.
        var output: Output?
        /// How many changes to files are under way, one inside the other.
        var changes = 0
        /// Reports the end; nil to leave it unreported.
        var report: (@Sendable (Cause, Output?) -> Void)?
        /// Whether the main thread reports, or has reported, how the program ends.
        var isReported = false
        /// Whether the output is complete, so that its time can't be over any more.
        var isConcluded = false
    }

    /// What the main thread may compute, in seconds, after it was asked to stop.
    private static let work = 0.012
    /// How long it may take for that, in seconds, when it waits for others.
    private static let patience = 0.9
    /// How often it is looked at, in microseconds.
    private static let period: UInt32 = 3000

    private static let state = Mutex(State())

    /// Starts to watch, if signals are noted at all. Without a thread, which a system may refuse, the program still ends wherever
    /// it waits.
    public static func start() {
        let stopDescriptor = StopSignals.waitEnd
        guard stopDescriptor >= 0 else { return }
        // Sent to end a wait of the main thread; otherwise without meaning.
        StopSignalAction.install(SIGURG) { _ in }
        _ = BackgroundThread.start { watch(stopDescriptor) }
    }

    /// Has an end that the main thread does not report reported by a closure, on whatever thread ends the process.
    public static func setReport(_ report: @escaping @Sendable (Cause, Output?) -> Void) {
        state.withLock { $0.report = report }
    }

    /// Leaves it to the main thread to report how the program ends.
    public static func leaveReport() {
        state.withLock { $0.isReported = true }
    }

    /// Says which file is being written, so that its loss can be reported; nil for none any more.
    public static func setOutput(_ output: Output?) {
        state.withLock { $0.output = output }
    }

    /// Has a file removed when the process ends early.
    static func add(_ temporary: Temporary) {
        state.withLock { $0.temporaries.append(temporary) }
    }

    /// Forgets a file that is gone, or has been put in its place.
    static func remove(_ temporary: Temporary) {
        state.withLock { state in state.temporaries.removeAll { $0 == temporary } }
    }

    /// Does what the process must not end in the middle of; it should be short.
    public static func uninterrupted<Result, Problem: Error>(
        _ body: () throws(Problem) -> Result
    ) throws(Problem) -> Result {
        state.withLock { $0.changes += 1 }
        defer { state.withLock { $0.changes -= 1 } }
        return try body()
    }

    /// Completes the output, unless the program was asked to stop; from then on signals end the process at once.
    public static func conclude(_ body: () throws(SystemError) -> Void) throws(SystemError) {
        try uninterrupted { () throws(SystemError) in
            try StopSignals.check()
            try body()
            state.withLock { state in
                state.isConcluded = true
                state.output = nil
            }
        }
        StopSignals.unlimit()
        StopSignals.unwatch()
    }

    /// Removes temporary files and reports that memory is used up, unless that is what reporting came of.
    ///
    /// - Parameter size: how many bytes could not be had.
    public static func endOutOfMemory(of size: Int) {
        _ = state.withLockIfAvailable { report(.outOfMemory(size), &$0) }
    }

    private static func watch(_ stopDescriptor: Int32) {
        var stop = pollfd(fd: stopDescriptor, events: Int16(POLLIN), revents: 0)
        while poll(&stop, 1, -1) < 1 {}
        while true {
            giveTime()
            state.withLock { end(&$0) }
            // What came in time, after all, may still be interrupted.
            usleep(period)
        }
    }

    /// Waits for the main thread to end by itself, no longer than it may take.
    private static func giveTime() {
        let (begin, workBefore) = (MonotonicClock.now, ProcessorClock.now)
        while MonotonicClock.now - begin < patience, ProcessorClock.now - workBefore < work {
            // A signal that came just before a wait began did not end it. This thread has them all blocked.
            if !StopSignals.isSeen { kill(getpid(), SIGURG) }
            usleep(period)
        }
    }

    /// Ends the process, the lock held to the last, so that no change to files begins any more.
    private static func end(_ state: inout State) {
        guard StopSignals.received != nil, state.changes == 0 else { return }
        // Whoever has got so far in time is not late.
        if StopSignals.isTimeUp, state.isConcluded || state.isReported { return }
        if let error = StopSignals.error { report(.stopped(error), &state) }
        StopSignals.endProcess()
    }

    /// Removes temporary files and reports the end, unless the main thread does.
    private static func report(_ cause: Cause, _ state: inout State) {
        for file in state.temporaries { _ = CPath.with(file.name) { unlinkat(file.folder, $0, 0) } }
        state.temporaries = []
        if !state.isReported { state.report?(cause, state.output) }
    }
}
