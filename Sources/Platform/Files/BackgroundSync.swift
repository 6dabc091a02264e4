#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Synchronization

/// Has what was written to a file stored while the program goes on, since a slow disk may take seconds for that.
final class BackgroundSync: Sendable {
    private struct State {
        var isRunning = false
        /// What the system said of the last time; nil for nothing.
        var error: ErrorNumber?
    }

    private let state = Mutex(State())

    /// Begins to store a file, unless the last time has not ended yet.
    ///
    /// - Returns: whether it began.
    /// - Throws: what the system said of the last time, or of this one where there is no thread for it.
    func start(_ descriptor: Int32) throws(ErrorNumber) -> Bool {
        let (isRunning, error) = state.withLock { state in
            defer { state.error = nil }
            return (state.isRunning, state.error)
        }
        if let error { throw error }
        guard !isRunning else { return false }
        // The file may be closed, or replaced, meanwhile.
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw ErrorNumber(errno) }
        state.withLock { $0.isRunning = true }
        let hasBegun = BackgroundThread.start { [self] in
            var error: ErrorNumber?
            do throws(ErrorNumber) { try Overwriting.synchronize(own) } catch let problem { error = problem }
            close(own)
            state.withLock { state in
                state.isRunning = false
                state.error = error
            }
        }
        if hasBegun { return true }
        defer {
            close(own)
            state.withLock { $0.isRunning = false }
        }
        try Overwriting.synchronize(own)
        return true
    }
}
