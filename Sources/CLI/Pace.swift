import Platform

/// Time and chance as far as retries depend on them; tests put their own in place.
struct Pace {
    /// Seconds since 1970.
    var now: () -> Int
    /// A number from 0 to 1.
    var dice: () -> Double
    /// Waits, unless the program is asked to stop.
    var wait: (Duration) throws(Failure) -> Void

    /// The system's clock and dice.
    ///
    /// - Parameter stopDescriptor: becomes readable when a wait is to end early.
    static func ofSystem(stopDescriptor: Int32) -> Pace {
        Pace(
            now: { time(nil) },
            dice: { Double.random(in: 0...1) },
            wait: { duration throws(Failure) in
                let end = MonotonicClock.now + duration.inSeconds
                while MonotonicClock.now < end {
                    var stop = pollfd(fd: stopDescriptor, events: Int16(POLLIN), revents: 0)
                    poll(&stop, 1, Int32(clamping: Int((end - MonotonicClock.now) * 1000) + 1))
                    try StopSignals.check()
                }
            })
    }
}
