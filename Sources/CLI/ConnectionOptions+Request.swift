import API
import HTTP
import Platform

extension ConnectionOptions {
    /// The variables that commands read which ask a server.
    static let environment = [
        (term: "CEREBRAS_API_KEY", meaning: "The API key."),
        (term: "CEREBRAS_BASE_URL", meaning: "The server to ask, as with --base-url."),
        (
            term: "CURL_CA_BUNDLE, SSL_CERT_FILE",
            meaning: "A file of certificates to trust in place of the system's; the first that is set."
        ),
        (
            term: "HTTPS_PROXY, NO_PROXY",
            meaning: "The proxy to go through, and hosts to reach without, as for curl. Unencrypted, this machine is "
                + "reached without one."
        ),
    ]

    /// A request without a body.
    ///
    /// - Parameter key: nil to send none.
    /// - Throws: ``Failure`` when the certificates that were named can't be read.
    func request(
        _ method: String, _ url: String, key: String?, _ surroundings: Surroundings
    ) throws(Failure) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url, headers: headers(key: key), body: nil)
        request.trustFile = try trustFile(surroundings)
        request.isDirect = isDirect
        return request
    }

    /// Whether no proxy is used: unencrypted, key and prompt must not go out to one and come back.
    var isDirect: Bool { baseURL.isLoopback && baseURL.isUnencrypted }

    /// The headers that every request has: the program's own unless the user sets them, the user's, and the key's.
    func headers(key: String?) -> [Header] {
        let named = Set(headers.map { $0.name.lowercased() })
        var all = [Header("Accept", "application/json"), Header("User-Agent", Version.userAgent)]
            .filter { !named.contains($0.name.lowercased()) }
        if let apiVersion { all.append(Header("X-Cerebras-Version-Patch", String(apiVersion))) }
        all += headers
        if let key { all.append(Header("Authorization", "Bearer \(key)")) }
        return all
    }

    /// The flag's file, else that of the variables that `curl` and OpenSSL read; libcurl leaves them to programs.
    func trustFile(_ surroundings: Surroundings) throws(Failure) -> [UInt8]? {
        guard let file = trustFile else {
            return ["CURL_CA_BUNDLE", "SSL_CERT_FILE"].lazy.compactMap(surroundings.variable).first { !$0.isEmpty }
        }
        let thing = "certificate file \(VisibleText.quote(file)) (--cacert)"
        guard CPath.with(file, { access($0, R_OK) }) == 0 else { throw .system(thing) }
        return file
    }
}
