import FlyingFox
import FlyingSocks
import Foundation

/// The handler behind FlyingFox.
struct SandboxServer: Sendable {
    private let server: HTTPServer

    /// A server that is not yet running.
    ///
    /// - Throws: a `SocketError` when the host is not an address.
    init(_ handler: APIHandler, faults: FaultPlan, host: String, port: UInt16) throws {
        let configuration =
            host.contains(":")
            ? Self.configuration(try sockaddr_in6.inet6(ip6: host, port: port))
            : Self.configuration(try sockaddr_in.inet(ip4: host, port: port))
        server = HTTPServer(config: configuration, handler: SandboxHTTPHandler(handler: handler, faults: faults))
    }

    private static func configuration(_ address: some SocketAddress) -> HTTPServer.Configuration {
        // Long answers take their time; FlyingFox's own limit is 15 seconds. Only a small body is read before the
        // handler is called, too small for clients to wait for `100 Continue`, and none is kept to be read twice.
        .init(
            address: address, timeout: 3600, sharedRequestBufferSize: 1024, sharedRequestReplaySize: 1024,
            pool: ServerPool(), logger: .disabled)
    }

    /// Serves until it is stopped.
    func run() async throws {
        try await server.run()
    }

    /// Waits until connections are taken; gives the port.
    func port() async throws -> UInt16 {
        try await server.waitUntilListening()
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): return port
        default: return 0
        }
    }

    /// Stops serving and drops the connections.
    func stop() async {
        await server.stop()
    }
}

/// Translates between FlyingFox's messages and the handler's.
private struct SandboxHTTPHandler: HTTPHandler {
    private static let phrases = [
        200: "OK", 307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
        402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
        409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content",
        429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]

    let handler: APIHandler
    let faults: FaultPlan

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        let isExpecting = headers["expect"]?.lowercased() == "100-continue"
        let body = try await ServerPool.$expectation.withValue(isExpecting ? Expectation() : nil) {
            try await Self.body(of: request)
        }
        let answer = handler.answer(
            SandboxRequest(
                method: request.method.rawValue, path: request.path,
                query: Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
                headers: headers, body: body))
        let misbehavior = faults.next()
        return Self.response(misbehavior.change(answer), misbehavior, isHead: request.method == .HEAD)
    }

    private static func response(_ reply: SandboxReply, _ misbehavior: Misbehavior, isHead: Bool) -> HTTPResponse {
        var headers = HTTPHeaders()
        for (name, value) in reply.headers { headers[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(reply.status, phrase: phrases[reply.status] ?? "Other")
        let body =
            switch reply.body {
            // The answer to HEAD has no body, or it would be taken for the head of the next one.
            case .whole where isHead: HTTPBodySequence()
            case .whole(let bytes):
                HTTPBodySequence(from: WholeBytes(bytes: bytes, misbehavior: misbehavior), count: bytes.count)
            case .stream(let run): HTTPBodySequence(from: EventBytes(run: run, misbehavior: misbehavior))
            }
        return HTTPResponse(statusCode: status, headers: headers, body: body)
    }

    /// The body, cut one byte over the limit, for the handler to refuse it. All of it is read, or what is left would be
    /// taken for the next request.
    private static func body(of request: HTTPRequest) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await piece in request.bodySequence {
            body += piece.prefix(APIHandler.bodyLimit + 1 - body.count)
        }
        return body
    }
}
