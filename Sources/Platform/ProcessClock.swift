#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Time and chance as a run of the program knows them; tests put their own in place.
public struct ProcessClock: Sendable {
    /// Seconds of a clock that only runs forward.
    public let now: @Sendable () -> Double
    /// Seconds since 1970.
    public let date: @Sendable () -> Int
    /// A number from 0 to 1, by which waits are varied.
    public let jitter: @Sendable () -> Double

    /// A clock made of parts.
    public init(
        now: @escaping @Sendable () -> Double, date: @escaping @Sendable () -> Int,
        jitter: @escaping @Sendable () -> Double
    ) {
        (self.now, self.date, self.jitter) = (now, date, jitter)
    }

    /// The system's.
    public static let system = ProcessClock(
        now: { MonotonicClock.now }, date: { time(nil) }, jitter: { Double.random(in: 0...1) })
}

/// The clock that no one sets.
enum MonotonicClock {
    /// Seconds since some fixed moment.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The clock of what the process computes.
enum ProcessorClock {
    /// Seconds that its threads have worked.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension Duration {
    /// Rounded up, so that no wait is shorter than requested.
    public var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// Seconds with their fraction.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
