public import API
public import HTTP

/// A server as requests reach it: its address, the credentials and headers that every request has, and the limits that
/// hold for each.
public struct Connection: Sendable {
    /// The server's address.
    public let baseURL: BaseURL
    /// The API key; nil when none is sent.
    public let key: String?
    /// Every header but those of a payload, in order, the key's among them.
    public let headers: [Header]
    /// Certificates to trust in place of the system's, as a path; nil for the system's.
    public var trustFile: [UInt8]?
    /// Which way requests may take.
    public var route = Route()
    /// The clocks of each request.
    public var limits = TimeLimits()
    /// When a request is made again.
    public var retries = RetryPolicy()
    /// The most bytes of a response that may be held in memory.
    public var maxResponseSize: Int

    /// A connection with the system's certificates, any route and the usual limits.
    public init(_ baseURL: BaseURL, key: String?, headers: [Header], maxResponseSize: Int) {
        self.baseURL = baseURL
        self.key = key
        self.headers = headers
        self.maxResponseSize = maxResponseSize
    }

    /// A request for a completion.
    public func completion(_ payload: Payload) -> HTTPRequest {
        request("POST", baseURL.completions, headers: payload.headers, body: payload.bytes)
    }

    /// A request for the document at a URL.
    public func document(_ url: String) -> HTTPRequest {
        request("GET", url, headers: [], body: nil)
    }

    private func request(_ method: String, _ url: String, headers own: [Header], body: [UInt8]?) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url, headers: own + headers, body: body)
        request.trustFile = trustFile
        request.route = route
        return request
    }
}
