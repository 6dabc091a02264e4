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
        let configuration: HTTPServer.Configuration
        // Long answers take their time; FlyingFox's own limit is 15 seconds.
        if host.contains(":") {
            configuration = .init(
                address: try sockaddr_in6.inet6(ip6: host, port: port), timeout: 3600, logger: .disabled)
        } else {
            configuration = .init(
                address: try sockaddr_in.inet(ip4: host, port: port), timeout: 3600, logger: .disabled)
        }
        server = HTTPServer(config: configuration, handler: SandboxHTTPHandler(handler: handler))
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
        let body = Array(try await request.bodyData)
        let reply = handler.answer(
            SandboxRequest(method: request.method.rawValue, path: request.path, headers: headers, body: body))
        var replyHeaders = HTTPHeaders()
        for (name, value) in reply.headers { replyHeaders[HTTPHeader(name)] = value }
        let status = HTTPStatusCode(reply.status, phrase: Self.phrases[reply.status] ?? "Error")
        switch reply.body {
        case .whole(let bytes):
            return HTTPResponse(statusCode: status, headers: replyHeaders, body: Data(bytes))
        case .stream(let run):
            let body = HTTPBodySequence(from: EventBytes(run: run))
            return HTTPResponse(statusCode: status, headers: replyHeaders, body: body)
        }
    }
}
