import Platform

/// Why a request got no complete response.
public enum TransportError: Error, Equatable, Sendable {
    /// The host's name has no address.
    case resolve(String)
    /// No connection to the host or its proxy.
    case connect(String)
    /// This machine was to be connected to, and has nothing on the port.
    case nothingListens
    /// The host's address is not this machine's, to which alone the request may go; nothing was sent.
    case notLoopback(address: String)
    /// The proxy does not let the connection through.
    case proxy(ProxyRefusal)
    /// No TLS connection as it is asked for.
    case tls(String)
    /// A server whose certificate is not trusted.
    case certificate(String)
    /// A limit passed.
    case timeout(TimeLimit)
    /// The connection ended inside the response; the reason, and whether the response's head had come.
    case interrupted(String, afterHead: Bool)
    /// The peer does not speak HTTP as it should.
    case malformed(String)
    /// There is no libcurl on this machine that can be loaded, and why.
    case noLibrary(String)
    /// libcurl could not do its work here (memory, a missing feature).
    case local(String)
    /// The program was asked to stop while it waited.
    case stopped
    /// Nobody reads the output any more.
    case outputClosed
}

/// The clocks that end a request.
public enum TimeLimit: Sendable {
    /// Until the connection stands, TLS included.
    case connect
    /// Without a byte from the server.
    case idle
    /// Until the response is complete.
    case total
}

/// How long each clock runs.
public struct TimeLimits: Sendable {
    /// For the connection, TLS and a proxy's leave included.
    public var connect: Duration
    /// Without a byte received once it stands; the clock begins anew with each piece of a long body that is sent.
    public var idle: Duration
    /// From the request's start to the response's end; nil for no such limit.
    public var total: Duration?

    /// The limits the vendor's SDKs set: 5 s to connect, 60 s without a byte.
    public init(connect: Duration = .seconds(5), idle: Duration = .seconds(60)) {
        self.connect = connect
        self.idle = idle
    }

    /// Seconds after which a request that has just begun has to be looked at.
    var firstCheck: Double { min(idle.inSeconds / 2, total?.inSeconds ?? .infinity) }
}
