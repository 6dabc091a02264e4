import HTTP
import Platform

/// What `--verbose` shows, in the manner of `curl -v`.
enum VerboseLog {
    /// The request that is about to be sent; credentials are never shown.
    static func write(_ request: HTTPRequest, to notes: Notes) {
        notes.say("> \(own: request.method) \(plain: request.url)")
        for header in request.headers { notes.say("> \(header.line(isSecret: header.isSecret))") }
        if let body = request.body { notes.say("> Content-Length: \(body.count)") }
        notes.say(">")
    }

    /// The reply that begins.
    static func write(_ head: ResponseHead, to notes: Notes) {
        notes.say("< \(plain: head.statusLine)")
        for header in head.headers { notes.say("< \(header.line(isSecret: header.isSecretInReply))") }
        notes.say("<")
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
