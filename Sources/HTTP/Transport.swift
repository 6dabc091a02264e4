/// Carries requests and brings their responses, one or many at a time, on the calling thread.
public protocol Transport: AnyObject {
    /// Sends what the source gives and hands on what comes, as it comes, until the source is finished and every request has
    /// ended or failed. Connections are kept for the requests and runs that follow.
    ///
    /// - Parameter limits: for each request.
    /// - Returns: why everything ended early, each request in flight with the same failure; nil when the source was finished.
    func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError?
}

/// What came of a request. After an end or a failure there is nothing more.
public enum TransferEvent: Sendable {
    /// The response's head; informational (1xx) ones are unknown.
    case head(ResponseHead)
    /// Some bytes of the response's body.
    case body([UInt8])
    /// The response is complete, as far as HTTP can tell.
    case end
    /// There is no response, or it is not complete.
    case failure(TransportError)
}

/// Whether a request goes on.
public enum TransferControl: Equatable, Sendable {
    /// Its next events are wanted.
    case proceed
    /// Its next events are wanted until this time of the monotonic clock, whatever comes; then the request fails as one that
    /// fell silent.
    case proceedUntil(Double)
    /// It is broken off, and so is its connection. There are no more events.
    case stop
    /// The response is complete for the source, and there are no more events; what is left of it may come, if it is short and
    /// comes soon, so that the connection can be used again.
    case drain
}
