/// One request, ready to be sent.
public struct HTTPRequest: Sendable {
    /// Such as `POST`.
    public var method: String
    /// Absolute, percent-encoded.
    public var url: String
    /// In the order sent. Values must hold no CR, LF or NUL: the caller has checked.
    public var headers: [Header]
    /// The bytes to send; nil for a request without a body.
    public var body: [UInt8]?
    /// The path of a file of certificates to trust in place of the system's, as PEM; nil for the system's.
    public var trustFile: [UInt8]?
    /// Which way it may take.
    public var route = Route()

    /// A request.
    public init(method: String, url: String, headers: [Header], body: [UInt8]?) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// Which way a request may take.
public struct Route: Equatable, Sendable {
    /// Whether no proxy is used.
    public var isDirect = false
    /// Whether it leads to this machine only, whatever address the host's name has.
    public var isForLoopbackOnly = false
    /// The proxy that the environment names; nil for none.
    public var proxy: ProxySetting?

    /// Any way.
    public init() {}
}

/// A header field.
public struct Header: Equatable, Sendable {
    /// The field's name as spelled.
    public var name: String
    /// The field's value without surrounding white space.
    public var value: String

    /// A name and a value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
