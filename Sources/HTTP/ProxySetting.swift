import Platform

/// The proxy that environment variables name for a URL, found by the rules of libcurl, which is given it and reads none of
/// them itself.
public struct ProxySetting: Equatable, Sendable {
    /// The variables that name a proxy, or hosts to reach without one.
    public static let variables = [
        "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy",
    ]

    /// The variable that names it, such as `HTTPS_PROXY`.
    public let variable: String
    /// Its address as set, which may hold a user name and a password.
    let address: [UInt8]
    /// The hosts that are reached without it, separated by commas; empty for none.
    let exceptions: [UInt8]

    /// The first variable that is set and not empty; nil when there is none.
    ///
    /// - Parameters:
    ///   - isEncrypted: whether the URL is `https`. `HTTP_PROXY` is not read: a server's client could set it by a header.
    ///   - context: has the variables.
    public init?(isEncrypted: Bool, _ context: ProcessContext) {
        let own = isEncrypted ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
        guard let found = context.firstVariable(of: own + ["all_proxy", "ALL_PROXY"]) else { return nil }
        (variable, address) = (found.name, found.value)
        exceptions = context.firstVariable(of: ["no_proxy", "NO_PROXY"])?.value ?? []
    }

    /// Its host and port, without scheme, user name and password.
    public var host: String {
        let address = String(decoding: address, as: UTF8.self)
        let afterScheme =
            address.utf8.firstRange(matching: "://".utf8).map { address[$0.upperBound...] } ?? address[...]
        let afterPassword = afterScheme.lastIndex(of: "@").map { afterScheme[$0...].dropFirst() } ?? afterScheme
        return String(afterPassword.prefix { $0 != "/" })
    }
}

/// The response of a proxy that does not let a connection through.
public struct ProxyRefusal: Equatable, Sendable {
    /// The status code.
    public let status: Int
    /// The status line as received, such as `HTTP/1.1 407 Proxy Authentication Required`.
    public let statusLine: String
    /// Which proxy it is; nil when that is not known.
    public let proxy: ProxySetting?

    /// What the proxy sent, and which proxy it is.
    public init(status: Int, statusLine: String, proxy: ProxySetting?) {
        self.status = status
        self.statusLine = statusLine
        self.proxy = proxy
    }
}
