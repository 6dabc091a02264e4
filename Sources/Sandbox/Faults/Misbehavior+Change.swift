extension Misbehavior {
    /// The response as it is to be: another head or another body. What goes wrong while a body is sent is left to those
    /// who send it.
    func change(_ reply: SandboxReply) -> SandboxReply {
        var reply = reply
        if let disguise {
            disguise.change(&reply, status: status)
        } else if let status = status ?? target.map({ _ in 307 }) {
            reply.status = status
            if status >= 300 { reply.setBody(APIProblem.staged(status: status).body) }
        }
        if case .whole = reply.body, breakOff?.rest == .error {
            reply.status = status ?? 200
            reply.setBody(APIProblem.inside.nestedBody)
        }
        if let echoFault, case .whole(let bytes) = reply.body, reply.status == 200 {
            reply.body = .whole(echoFault.change(bytes))
        }
        if let echoFault, reply.status == 200, case .whole(let bytes) = reply.body {
            reply.body = .whole(echoFault.change(bytes))
        }
        if let target { reply.headers["location"] = target }
        if let retryAfter, !(200..<300).contains(reply.status) { reply.headers["retry-after"] = retryAfter }
        // These have no body (RFC 9110, 6.4.1).
        if [204, 304].contains(reply.status) { reply.setBody([]) }
        return reply
    }
}

extension Misbehavior.Disguise {
    /// Neither JSON nor, in a stream, an event's data.
    private static let nonsense = Array("{\"choices\": [{\"index\": 0, \"text\": nonsense".utf8)

    /// What a network says that wants its guests to sign in first.
    private static let page = Array(
        """
        <!DOCTYPE html>
        <html><head><title>Sign in to this network</title></head>
        <body><h1>Sign in to this network</h1></body></html>

        """.utf8)

    /// Puts something else in the body's place.
    ///
    /// - Parameter status: the response's status; nil for the usual one.
    fileprivate func change(_ reply: inout SandboxReply, status: Int?) {
        reply.status = status ?? (self == .nestedError ? 500 : 200)
        switch self {
        case .html: reply.setBody(Self.page, type: "text/html; charset=utf-8")
        case .nestedError:
            let problem = reply.status < 300 ? APIProblem.inside : APIProblem.staged(status: reply.status)
            reply.setBody(problem.nestedBody)
        case .empty: reply.body = .whole([])
        case .garbage:
            if case .stream = reply.body {
                reply.body = .whole(EventBytes.event(Self.nonsense))
            } else {
                reply.setBody(Self.nonsense)
            }
        }
    }
}

extension SandboxReply {
    fileprivate mutating func setBody(_ bytes: [UInt8], type: String = "application/json") {
        body = .whole(bytes)
        headers["content-type"] = type
    }
}
