/// Carries requests and brings their replies, one or many at a time, on the calling thread.
public protocol Transport {
    /// Sends the requests and hands on what comes, as it comes, until every one has ended or failed.
    ///
    /// - Parameters:
    ///   - requests: all start at once.
    ///   - limits: for each of them.
    ///   - handle: takes a request's place in the list and what came of it; `.stop` ends that request without more
    ///     events.
    func run(
        _ requests: [HTTPRequest], limits: TimeLimits, handle: (Int, TransferEvent) -> TransferControl)
}

/// What came of a request. After an end or a failure there is nothing more.
public enum TransferEvent: Sendable {
    /// The reply's head; informational (1xx) ones are not told.
    case head(ResponseHead)
    /// Some bytes of the reply's body.
    case body([UInt8])
    /// The reply is whole, as far as HTTP can tell.
    case end
    /// There is no reply, or it is not whole.
    case failure(TransportError)
}

/// Whether a request goes on.
public enum TransferControl: Equatable, Sendable {
    case proceed
    case stop
    /// What more may come is waited for until this time of the monotonic clock, and no longer whatever comes; then the
    /// request fails as one that fell silent.
    case drain(until: Double)
}
