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
    /// - Parameters:
    ///   - stopDescriptor: becomes readable when a wait is to end early.
    ///   - output: whoever waits for the answer; a wait ends when it goes away.
    static func ofSystem(stopDescriptor: Int32, output: OutputReader) -> Pace {
        Pace(
            now: { time(nil) },
            dice: { Double.random(in: 0...1) },
            wait: { duration throws(Failure) in
                let end = MonotonicClock.now + duration.inSeconds
                while MonotonicClock.now < end {
                    var ends = [
                        pollfd(fd: stopDescriptor, events: Int16(POLLIN), revents: 0),
                        pollfd(fd: output.descriptor, events: 0, revents: 0),
                    ]
                    poll(&ends, nfds_t(ends.count), Int32(clamping: Int((end - MonotonicClock.now) * 1000) + 1))
                    try StopSignals.check()
                    if output.isGone { throw .closedPipe }
                }
            })
    }
}
