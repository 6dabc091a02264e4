import HTTP
import Platform

/// What `--verbose` shows, in the manner of `curl -v`.
enum VerboseLog {
    /// The request that is about to be sent; credentials are never shown.
    static func write(_ request: HTTPRequest, to notes: Notes) {
        notes.verbose("> \(own: request.method) \(plain: request.url)")
        for header in request.headers { notes.verbose("> \(header.line(isSecret: header.isSecret))") }
        if let body = request.body { notes.verbose("> Content-Length: \(body.count)") }
        notes.verbose(">")
    }

    /// The response that begins.
    static func write(_ head: ResponseHead, to notes: Notes) {
        notes.verbose("< \(plain: head.statusLine)")
        for header in head.headers { notes.verbose("< \(header.line(isSecret: header.isSecretInResponse))") }
        notes.verbose("<")
    }
}

extension Header {
    /// `Name: value`, or `***` in place of the value; of credentials the scheme is shown.
    ///
    /// - Parameter isSecret: whether the value is credentials.
    func line(isSecret: Bool) -> Message {
        guard isSecret else { return "\(plain: "\(name): \(value)")" }
        let isBearer = value.lowercased().hasPrefix("bearer ")
        return "\(plain: name): \(isBearer ? "Bearer ***" : "***")"
    }
}
