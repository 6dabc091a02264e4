import Foundation

/// Signals that the process handles instead of dying of them. One that was ignored from the start stays so.
///
/// They are held back in every thread and taken by the main one, which waits for nothing else, so that none is lost, whenever it
/// comes, and none interrupts the server's own system calls.
enum HandledSignals {
    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP] { sigaddset(&set, number) }
        return set
    }

    /// Holds the signals back; to be called on the main thread before there is any other, since threads inherit it.
    static func hold() {
        var set = set
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Hands on each signal as it comes, on the calling thread; never returns.
    ///
    /// It must be the main thread: once that has nothing to do, Dispatch would have it take signals as the system does.
    static func take(_ handle: (Int32) -> Void) -> Never {
        var set = set
        while true {
            var number: Int32 = 0
            if sigwait(&set, &number) == 0 { handle(number) }
        }
    }
}
