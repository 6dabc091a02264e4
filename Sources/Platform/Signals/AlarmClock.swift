#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The timer that raises SIGALRM.
enum AlarmClock {
    /// Raises it after a time, and from then on over and over.
    static func start(after first: Duration, again: Duration) {
        set(itimerval(it_interval: timeval(again), it_value: timeval(first)))
    }

    /// Raises it no more.
    static func stop() {
        set(itimerval(it_interval: timeval(.zero), it_value: timeval(.zero)))
    }

    private static func set(_ timer: itimerval) {
        var timer = timer
        #if canImport(Darwin)
        setitimer(ITIMER_REAL, &timer, nil)
        #else
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
        #endif
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let milliseconds = duration.wholeMilliseconds
        self.init(tv_sec: milliseconds / 1000, tv_usec: .init(milliseconds % 1000 * 1000))
    }
}
