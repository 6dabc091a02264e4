#if !canImport(Darwin)
// Some of the C library's types are taken for this module's, in builds that look at all files at once.
import CLinux
#endif

/// The timer that raises SIGALRM.
public enum AlarmClock {
    /// Raises it after a time, and from then on over and over.
    public static func start(after first: Duration, again: Duration) {
        set(itimerval(it_interval: timeval(again), it_value: timeval(first)))
    }

    /// Raises it no more.
    public static func stop() {
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
