import API
import Client
import Flags
import HTTP
import Platform

extension ConnectionOptions {
    /// The variables that commands read which use a server.
    static let environment = [
        (term: "CEREBRAS_API_KEY", meaning: "API key."),
        (term: "CEREBRAS_BASE_URL", meaning: "API base URL, as with --base-url."),
        (
            term: "CURL_CA_BUNDLE, SSL_CERT_FILE",
            meaning: "Certificate file to trust instead of the system's; the first one set is used."
        ),
        (
            term: "HTTPS_PROXY, NO_PROXY",
            meaning: "Proxy to use, and hosts to reach directly, as in curl. Unencrypted requests to this machine use "
                + "no proxy."
        ),
    ]

    /// The server as requests reach it.
    ///
    /// - Parameter key: nil to send none.
    /// - Throws: ``Failure`` when the certificates that were named can't be read.
    func makeConnection(key: String?, _ context: ProcessContext) throws(Failure) -> Connection {
        var connection = Connection(
            baseURL, key: key, headers: headers(key: key), maxResponseSize: maxResponseSize.bytes)
        connection.trustFile = try trustFile(context)
        connection.route = route(context)
        connection.limits = limits
        connection.retries = retries
        return connection
    }

    /// Which way a request may take. To this machine no proxy is used unencrypted: key and prompt must not go out to one
    /// and come back; and unless more was allowed, whatever address the host's name has, they go nowhere else.
    private func route(_ context: ProcessContext) -> Route {
        var route = Route()
        route.isDirect = baseURL.isLoopback && baseURL.isUnencrypted
        route.isForLoopbackOnly = baseURL.isUnencrypted && !allowsHTTP
        route.proxy = ProxySetting(isEncrypted: !baseURL.isUnencrypted, context)
        return route
    }

    /// Whether the user's headers take the place of the key's.
    var hasOwnAuthorization: Bool { headers.contains { $0.name.lowercased() == "authorization" } }

    /// The key to send; none where the user's headers take its place.
    ///
    /// - Parameter isShown: whether it is only to be shown as there; then none is needed.
    /// - Throws: ``Failure`` when there is none and one is needed.
    func readKey(isShown: Bool, _ context: ProcessContext) throws(Failure) -> KeyReader.Reading {
        if hasOwnAuthorization { return KeyReader.Reading() }
        return try KeyReader.read(
            key, profile: profile, isNeeded: !isShown && !baseURL.isLoopback, isShown: isShown, context)
    }

    /// The headers that every request has: the program's own unless the user sets them, the user's, and the key's.
    private func headers(key: String?) -> [Header] {
        let named = Set(headers.map { $0.name.lowercased() })
        var all = [Header("Accept", "application/json"), Header("User-Agent", Version.userAgent)]
            .filter { !named.contains($0.name.lowercased()) }
        if let apiVersion { all.append(Header("X-Cerebras-Version-Patch", String(apiVersion))) }
        all += headers
        if let key, !hasOwnAuthorization { all.append(Header("Authorization", "Bearer \(key)")) }
        return all
    }

    /// The flag's file, else that of the variables that `curl` and OpenSSL read; libcurl leaves them to programs.
    ///
    /// - Throws: ``Failure`` for a file that can't be read or holds no certificate; a variable's only where it is used.
    private func trustFile(_ context: ProcessContext) throws(Failure) -> [UInt8]? {
        if let trustFile {
            try Self.checkCertificates(trustFile, "--cacert")
            return trustFile
        }
        guard let found = context.firstVariable(of: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"]) else { return nil }
        if !baseURL.isUnencrypted { try Self.checkCertificates(found.value, found.name) }
        return found.value
    }

    /// Looks into a file before libcurl does, which does not say whose file it was.
    private static func checkCertificates(_ file: [UInt8], _ source: String) throws(Failure) {
        let label: Message = "certificate file \(quoted: file) (\(own: source))"
        // What is in a pipe can be read only once.
        guard let bytes = try system(InputFile.peek(file, label, upTo: 16 << 20)) else { return }
        guard bytes.firstRange(matching: "CERTIFICATE-----".utf8) != nil else {
            throw .local(label, reason: "contains no certificate in PEM format")
        }
    }
}
