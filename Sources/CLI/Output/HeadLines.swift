import HTTP
import Platform

/// What `--verbose` shows, in the manner of `curl -v`.
enum HeadLines {
    /// The request that is about to be sent; the key is never shown.
    static func tell(_ request: HTTPRequest, to notes: Notes) {
        notes.say("> \(request.method) \(request.url)")
        for header in request.headers {
            let isSecret = header.name.lowercased() == "authorization"
            notes.say("> \(header.name): \(isSecret ? "Bearer ***" : VisibleText.escape(header.value))")
        }
        if let body = request.body { notes.say("> Content-Length: \(body.count)") }
        notes.say(">")
    }

    /// The reply that begins.
    static func tell(_ head: ResponseHead, to notes: Notes) {
        notes.say("< \(VisibleText.escape(head.statusLine))")
        for header in head.headers {
            notes.say("< \(VisibleText.escape(header.name)): \(VisibleText.escape(header.value))")
        }
        notes.say("<")
    }
}
