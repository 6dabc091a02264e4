public import HTTP

/// What takes the events of one attempt.
public protocol ResponseCollector {
    /// Takes the next event.
    ///
    /// - Parameter now: seconds of the transport's clock.
    mutating func take(_ event: TransferEvent, now: Double) -> TransferControl

    /// Why the attempt failed; nil while all is well.
    var failure: AttemptFailure? { get }

    /// Whether everything that is wanted has come, so that how the response ends is no matter.
    var isComplete: Bool { get }

    /// The response's head; nil before it has come.
    var head: ResponseHead? { get }
}

/// Why an attempt failed, and what a retry depends on.
public struct AttemptFailure: Error {
    /// What the request failed with if there is no other attempt.
    public let error: ClientError
    /// What came of the attempt; nil when the request must not be made again, as after output was written.
    public let cause: AttemptCause?

    /// A failure after which the request is not made again, unless a cause is named.
    public init(_ error: ClientError, cause: AttemptCause? = nil) {
        self.error = error
        self.cause = cause
    }
}

/// What came of an attempt that failed, as far as a retry depends on it.
public enum AttemptCause: Sendable {
    /// A response with this head.
    case response(ResponseHead)
    /// No response, or not the whole of one.
    case noResponse(TransportError)
}
