import API
import HTTP
import Platform

extension TransportError {
    /// The exit status, the message and the hint for a response that did not come.
    ///
    /// - Parameters:
    ///   - place: what the message begins with: which server, or how much came.
    ///   - limits: the clocks of the request.
    func explanation(_ place: Message, _ limits: TimeLimits) -> Explanation {
        switch self {
        case .resolve(let reason), .connect(let reason), .tls(let reason), .interrupted(let reason, false):
            Explanation(.network, "\(place)\(plain: reason)")
        case .nothingListens:
            Explanation(
                .network, "\(place)connection refused: nothing listens on that port of this machine",
                hint: "start the server there, or name another with --base-url")
        case .certificate(let reason):
            Explanation(
                .network, "\(place)\(plain: reason)",
                hint: "to trust a certificate authority of your own, name its certificate with --cacert FILE")
        case .malformed(let reason), .interrupted(let reason, true):
            Explanation(.server, "\(place)\(plain: reason)")
        case .timeout(.connect):
            Explanation(.timeout, "\(place)no connection within \(seconds: limits.connect) (--connect-timeout)")
        case .timeout(.idle):
            Explanation(.timeout, "\(place)nothing received for \(seconds: limits.idle) (--idle-timeout)")
        case .timeout(.total):
            Explanation(
                .timeout,
                "\(place)no complete response within \(seconds: limits.total ?? .zero) (--request-timeout)")
        case .notLoopback(let address):
            Explanation(
                .network,
                "\(place)refusing to send the key and prompt unencrypted to \(plain: address), which is not this machine",
                hint: ConnectionOptions.encryptionAdvice)
        case .proxy(let refusal):
            Explanation(.network, "\(place)\(Self.describe(refusal))", hint: Self.advice(refusal))
        case .noLibrary(let reason):
            Explanation(
                .local, "can't load libcurl: \(plain: reason)",
                hint: "requests are made with libcurl 7.66 or later; on Debian and Ubuntu it is the package libcurl4")
        case .local(let reason): Explanation(.local, "libcurl: \(plain: reason)")
        case .stopped: Explanation(.interrupted, "")
        case .outputClosed: Explanation(.closedPipe, "")
        }
    }

    /// How a proxy refused the connection, as a clause.
    private static func describe(_ refusal: ProxyRefusal) -> Message {
        let proxy: Message = refusal.proxy.map { "proxy \(plain: $0.host) (\(own: $0.variable))" } ?? "the proxy"
        return "\(proxy) refused the connection: \(plain: refusal.statusLine, limit: PlainWords.shownLength)"
    }

    private static func advice(_ refusal: ProxyRefusal) -> Message {
        guard [401, 407].contains(refusal.status) else {
            return "the proxy may not allow this host; NO_PROXY names hosts to reach without it"
        }
        let variable = refusal.proxy?.variable ?? "HTTPS_PROXY"
        return "put the proxy's user name and password into \(own: variable): http://USER:PASSWORD@HOST:PORT"
    }
}
