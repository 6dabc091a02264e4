/// The proxy that environment variables name for a URL, found by the rules of libcurl, which reads them by itself.
public struct ProxySetting: Equatable, Sendable {
    /// The variable that names it, such as `HTTPS_PROXY`.
    public let variable: String
    /// Its host and port, without scheme, user name and password.
    public let host: String

    /// The first variable that is set and not empty; nil when there is none.
    ///
    /// - Parameters:
    ///   - isEncrypted: whether the URL is `https`. `HTTP_PROXY` is not read: a server's client could set it by a header.
    ///   - value: an environment variable's bytes; nil when it is not set.
    public init?(isEncrypted: Bool, value: (String) -> [UInt8]?) {
        let own = isEncrypted ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
        for name in own + ["all_proxy", "ALL_PROXY"] {
            guard let bytes = value(name), !bytes.isEmpty else { continue }
            variable = name
            host = Self.host(of: String(decoding: bytes, as: UTF8.self))
            return
        }
        return nil
    }

    private static func host(of address: String) -> String {
        let afterScheme = address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address[...]
        let afterPassword = afterScheme.lastIndex(of: "@").map { afterScheme[$0...].dropFirst() } ?? afterScheme
        return String(afterPassword.prefix { $0 != "/" })
    }
}

/// What a proxy answered that does not let a connection through.
public struct ProxyRefusal: Equatable, Sendable {
    /// The status code.
    public let status: Int
    /// The status line as received, such as `HTTP/1.1 407 Proxy Authentication Required`.
    public let statusLine: String
    /// Which proxy it is; nil when that is not known.
    public let proxy: ProxySetting?

    /// What the proxy answered, and which it is.
    public init(status: Int, statusLine: String, proxy: ProxySetting?) {
        self.status = status
        self.statusLine = statusLine
        self.proxy = proxy
    }
}
