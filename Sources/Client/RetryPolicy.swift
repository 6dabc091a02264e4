public import HTTP

/// When a request is made again, and after what wait: the rules that the vendor's SDKs follow.
public struct RetryPolicy: Sendable {
    /// How often a request is made again at most.
    public var maxRetries = 2
    /// The longest wait, whoever asks for it.
    public var maxWait = Duration.seconds(60)
    /// Whether a connection that this machine refuses is made again: what is to listen there may come back, and nobody waits.
    public var retriesRefusedConnection = false

    /// What follows an attempt that failed.
    public enum Decision: Equatable, Sendable {
        /// It is not made again.
        case giveUp
        /// It is made again after this.
        case retry(after: Duration)
        /// The server asks for a longer wait than is allowed.
        case retryAfterExceedsLimit(Duration)
    }

    /// Two retries, waits of up to a minute.
    public init() {}

    /// What follows an attempt that got a response with a bad status.
    ///
    /// - Parameters:
    ///   - head: the response's; `x-should-retry` overrides its status, `retry-after-ms` and `retry-after` set the wait.
    ///   - retries: how many retries were made before.
    ///   - now: seconds since 1970, for a `retry-after` that names a date in a response that has none of its own.
    ///   - jitter: a number from 0 to 1, by which the wait is shortened.
    public func decision(after head: ResponseHead, retries: Int, now: Int, jitter: Double) -> Decision {
        guard retries < maxRetries, shouldRetry(head) else { return .giveUp }
        guard let wait = head.demandedWait(now: now) else { return .retry(after: backoff(retries, jitter)) }
        return wait > maxWait ? .retryAfterExceedsLimit(wait) : .retry(after: wait)
    }

    /// What follows an attempt that got no response, or not the whole of one; its arguments are those of
    /// ``decision(after:retries:now:jitter:)-(ResponseHead,_,_,_)``.
    public func decision(after error: TransportError, retries: Int, jitter: Double) -> Decision {
        guard retries < maxRetries, error.isTransient || error == .nothingListens && retriesRefusedConnection else {
            return .giveUp
        }
        return .retry(after: backoff(retries, jitter))
    }

    private func shouldRetry(_ head: ResponseHead) -> Bool {
        switch head["x-should-retry"]?.lowercased() {
        case "true": true
        case "false": false
        default: Self.isTransient(head.status)
        }
    }

    /// Whether a status means something temporary.
    static func isTransient(_ status: Int) -> Bool { [408, 409, 429].contains(status) || status >= 500 }

    /// Half a second, doubled with each retry up to 8 s, less up to a quarter; never more than the longest wait.
    private func backoff(_ retries: Int, _ jitter: Double) -> Duration {
        let longest = min(0.5 * Double(1 << min(retries, 4)), 8)
        return min(maxWait, .milliseconds(Int64((longest * (1 - 0.25 * jitter) * 1000).rounded())))
    }
}

extension TransportError {
    /// Whether the same request may fare better a moment later.
    var isTransient: Bool {
        switch self {
        case .resolve, .connect, .interrupted, .timeout: true
        // To send a request again to a proxy that wants a password may lock the account.
        case .proxy(let refusal): RetryPolicy.isTransient(refusal.status)
        // A certificate is as bad the next time; the others are no matter of chance.
        // What is to be started on this machine is not there a second later, and a person waits.
        case .nothingListens: false
        case .notLoopback, .tls, .certificate, .malformed, .noLibrary, .local, .stopped, .outputClosed: false
        }
    }
}

extension ResponseHead {
    /// How long the server asks to wait, by `retry-after-ms`, else `retry-after` in seconds or as a date; nil when it
    /// does not say, or not so that it can be read.
    public func demandedWait(now: Int) -> Duration? {
        if let milliseconds = self["retry-after-ms"].flatMap(Self.number) { return .milliseconds(milliseconds) }
        guard let text = self["retry-after"] else { return nil }
        if let seconds = Self.number(text) { return .milliseconds(seconds * 1000) }
        // The date is by the server's clock, and so is that of the response.
        let present = self["date"].flatMap { HTTPDate.seconds($0, now: now) } ?? now
        return HTTPDate.seconds(text, now: now).map { .seconds(max(0, $0 - present)) }
    }

    /// A plain decimal number of a sane size.
    private static func number(_ text: String) -> Double? {
        let isDecimal = !text.isEmpty && text.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
        return isDecimal ? Double(text).map { min($0, 1e12) } : nil
    }
}
