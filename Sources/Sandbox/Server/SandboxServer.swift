import FlyingFox
import FlyingSocks
import Foundation

/// The handler behind FlyingFox.
struct SandboxServer: Sendable {
    private let server: HTTPServer

    /// A server that is not yet running.
    ///
    /// - Throws: a `SocketError` when the host is not an address.
    init(_ handler: APIHandler, host: String, port: UInt16) throws {
        let configuration =
            host.contains(":")
            ? Self.configuration(try sockaddr_in6.inet6(ip6: host, port: port))
            : Self.configuration(try sockaddr_in.inet(ip4: host, port: port))
        server = HTTPServer(config: configuration, handler: SandboxHTTPHandler(handler: handler))
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
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 405: "Method Not Allowed",
        413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content",
    ]

    let handler: APIHandler

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        var headers: [String: String] = [:]
        for (name, value) in request.headers { headers[name.rawValue.lowercased()] = value }
        let isExpecting = headers["expect"]?.lowercased() == "100-continue"
        let body = try await ServerPool.$expectation.withValue(isExpecting ? Expectation() : nil) {
            try await Self.body(of: request)
        }
        let reply = handler.answer(
            SandboxRequest(method: request.method.rawValue, path: request.path, headers: headers, body: body))
        var replyHeaders = HTTPHeaders()
        for (name, value) in reply.headers { replyHeaders[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(reply.status, phrase: Self.phrases[reply.status] ?? "Error")
        switch reply.body {
        case .whole(let bytes):
            // The answer to HEAD has no body, or it would be taken for the head of the next one.
            let body = request.method == .HEAD ? [] : bytes
            return HTTPResponse(statusCode: status, headers: replyHeaders, body: Data(body))
        case .stream(let run):
            let body = HTTPBodySequence(from: EventBytes(run: run))
            return HTTPResponse(statusCode: status, headers: replyHeaders, body: body)
        }
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
