import CCurl
import Platform

/// The transport on libcurl's multi interface: one loop, one thread, one request or hundreds.
public final class CurlTransport: Transport {
    private let wakers: TransferWakers
    private let clock: ProcessClock
    private let usesTLS: Bool
    /// Made for the first run, and kept with its connections for all others.
    private var pool: TransferPool?

    /// A transport.
    ///
    /// - Parameters:
    ///   - usesTLS: whether any URL will be `https`; without, the TLS library is not started.
    ///   - stopDescriptor: when it becomes readable every request ends with ``TransportError/stopped``; negative for none.
    ///   - output: when it goes away every request ends with ``TransportError/outputClosed``.
    ///   - clock: measures the limits; waits take the time that they take.
    public init(
        usesTLS: Bool, stopDescriptor: Int32 = -1, output: OutputReader = OutputReader(of: -1),
        clock: ProcessClock = .system
    ) {
        self.clock = clock
        self.usesTLS = usesTLS
        wakers = TransferWakers(stopDescriptor: stopDescriptor, output: output)
    }

    /// Begins to load libcurl on a thread of its own, so that the first request waits for less of it. A failure is reported
    /// by that request.
    public static func prepare() {
        BackgroundThread.start { _ = ccurl_load() }
    }

    /// Loads libcurl, if it is not loaded yet.
    private static func load() throws(TransportError) {
        if let problem = ccurl_load() { throw .noLibrary(String(cString: problem)) }
    }

    /// Sends what the source gives until it is finished.
    public func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError? {
        do throws(TransportError) {
            var loop = TransferLoop<Source>(try connections(), limits: limits, wakers: wakers)
            return loop.run(&source)
        } catch {
            refuseAll(&source, error)
            return error
        }
    }

    /// Lets every request that is due fail, since none can be started.
    private func refuseAll<Source: RequestSource>(_ source: inout Source, _ error: TransportError) {
        while case .request(let id, _) = source.next(now: clock.now()) {
            _ = source.take(.failure(error), of: id, now: clock.now())
        }
    }

    private func connections() throws(TransportError) -> TransferPool {
        if let pool { return pool }
        try Self.load()
        ccurl_global_init(usesTLS ? 1 : 0)
        let made = try TransferPool(clock)
        pool = made
        return made
    }
}
