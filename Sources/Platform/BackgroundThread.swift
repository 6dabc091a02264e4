#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread beside the main one.
public enum BackgroundThread {
    private final class Work {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Starts a thread, to which no signal is delivered: what they interrupt is in the main thread.
    ///
    /// - Parameter body: its work; it must not need much of a stack.
    /// - Returns: whether the system gave a thread.
    @discardableResult
    public static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 256 * 1024)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var (all, usual) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &usual)
        defer { pthread_sigmask(SIG_SETMASK, &usual, nil) }
        let work = Unmanaged.passRetained(Work(body))
        #if canImport(Darwin)
        var thread: pthread_t?
        let error = pthread_create(&thread, &attributes, { BackgroundThread.run($0) }, work.toOpaque())
        #else
        var thread = pthread_t()
        let error = pthread_create(
            &thread, &attributes, { context in context.flatMap { BackgroundThread.run($0) } }, work.toOpaque())
        #endif
        if error != 0 { work.release() }
        return error == 0
    }

    private static func run(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        return nil
    }
}
