import FlyingFox
import FlyingSocks
import Foundation

/// The handler behind FlyingFox, on a socket in the file system, where only a ``Relay`` is to come.
struct SandboxServer: Sendable {
    private let server: HTTPServer

    /// A server that is not yet running.
    ///
    /// - Parameters:
    ///   - latency: the time from a request to its response.
    ///   - path: where its socket is to be.
    init(_ handler: APIHandler, faults: FaultPlan, latency: Duration? = nil, path: String) {
        // Long responses take their time; FlyingFox's own limit is 15 seconds. Only a small body is read before the
        // handler is called, and none is kept to be read twice.
        let configuration = HTTPServer.Configuration(
            address: .unix(path: path), timeout: 3600, sharedRequestBufferSize: 1024, sharedRequestReplaySize: 1024,
            logger: .disabled)
        server = HTTPServer(
            config: configuration, handler: SandboxHTTPHandler(handler: handler, faults: faults, latency: latency))
    }

    /// Serves for ever.
    ///
    /// - Throws: what ended it.
    func run() async throws {
        try await server.run()
    }

    /// Waits until connections are taken.
    func waitUntilListening() async throws {
        try await server.waitUntilListening()
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
    let latency: Duration?

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        let arrival = ContinuousClock.now
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        let body = try await Self.body(of: request)
        var answer = handler.answer(
            SandboxRequest(
                method: request.method.rawValue, path: request.path,
                query: Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
                headers: headers, body: body))
        if case .completion(var run) = answer.body {
            // The others have their turn after every token.
            while run.advance() { await Task.yield() }
            answer.body = .whole(run.wholeReply)
        }
        let misbehavior = faults.next()
        if let latency { try await Task.sleep(until: arrival + latency) }
        return Self.response(misbehavior.change(answer), misbehavior, isHead: request.method == .HEAD)
    }

    private static func response(_ reply: SandboxReply, _ misbehavior: Misbehavior, isHead: Bool) -> HTTPResponse {
        var headers = HTTPHeaders()
        for (name, value) in reply.headers { headers[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(reply.status, phrase: phrases[reply.status] ?? "Other")
        let body =
            switch reply.body {
            // The response to HEAD has no body, or it would be taken for the head of the next one.
            case .whole where isHead: HTTPBodySequence()
            case .completion(let run): HTTPBodySequence(data: Data(run.wholeReply))
            case .whole(let bytes):
                HTTPBodySequence(from: WholeBytes(bytes: bytes, misbehavior: misbehavior), count: bytes.count)
            case .stream(let run): HTTPBodySequence(from: EventBytes(run: run, misbehavior: misbehavior))
            }
        return HTTPResponse(statusCode: status, headers: headers, body: body)
    }

    /// The body, which the relay keeps below the limit.
    private static func body(of request: HTTPRequest) async throws -> [UInt8] {
        try await request.bodySequence.reduce(into: []) { $0 += $1 }
    }
}
