/// Why what a client sent is not passed on; the raw value is the status of the response.
enum Refusal: Int, Error {
    /// It is no HTTP message, after which nothing on the connection can be made out.
    case malformed = 400
    /// A body over the limit, which need not be read to be refused.
    case contentTooLarge = 413
    /// More than is held of a head, of a chunk's size or of trailers.
    case tooLarge = 431
    /// The server behind the relay can't be reached.
    case unavailable = 503

    /// The status in words.
    private var phrase: String {
        switch self {
        case .malformed: "Bad Request"
        case .contentTooLarge: "Content Too Large"
        case .tooLarge: "Request Header Fields Too Large"
        case .unavailable: "Service Unavailable"
        }
    }

    /// The response, after which the connection is closed.
    var reply: [UInt8] {
        let body = self == .contentTooLarge ? APIProblem.tooLarge(limit: APIHandler.bodyLimit).body : []
        let type = body.isEmpty ? "" : "Content-Type: application/json\r\n"
        let head = "HTTP/1.1 \(rawValue) \(phrase)\r\nConnection: close\r\n\(type)Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }
}

/// The head of an HTTP message, and how the end of its body is found (RFC 9112).
struct MessageHead {
    /// What a message is.
    enum Role {
        case request
        indirect case reply(to: MessageHead)
    }

    /// Where a body ends.
    enum Framing: Equatable {
        case sized(Int)
        case chunked
        case untilClose
    }

    /// The most bytes of a head, its lines' ends among them.
    static let limit = 64 << 10
    /// The most bytes of a line that is passed on; the server reads one in time that grows with the square of its length.
    private static let lineLimit = 8 << 10
    /// The fields of requests that are passed on: those that the server or its handler reads.
    private static let requestFields = SandboxRequest.fields.union([
        "connection", "content-length", "transfer-encoding",
    ])
    /// The fields of responses that say how the connection goes on.
    private static let framingFields: Set = ["transfer-encoding", "connection"]

    /// Where the body ends as it comes.
    let framing: Framing
    /// Whether another request may follow on the connection.
    let isKeptAlive: Bool
    /// Whether a chunked body is passed on without its framing, for a client of HTTP/1.0.
    let losesChunks: Bool
    /// Whether the client sends no body before it gets 100 Continue.
    let awaitsContinue: Bool
    /// The most bytes that the body may have.
    let contentLimit: Int
    /// The head as it is passed on.
    let bytes: [UInt8]
    private let method: String
    private let isVersion10: Bool

    /// Reads a head's lines, without their ends.
    ///
    /// - Throws: a ``Refusal``.
    init(_ lines: [[UInt8]], of role: Role) throws(Refusal) {
        let start = try Self.text(lines.first ?? []).split(
            separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard start.count == 3, !start.contains("") else { throw .malformed }
        let fields = try lines.dropFirst().map { line throws(Refusal) in try Field(Self.text(line)) }
        let connection = Self.tokens(fields, "connection")
        switch role {
        case .request:
            guard ["HTTP/1.0", "HTTP/1.1"].contains(start[2]), start[0].utf8.allSatisfy(Field.isNamePart),
                start[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else { throw .malformed }
            (method, isVersion10, losesChunks) = (String(start[0]), start[2] == "HTTP/1.0", false)
            framing = try Self.framing(fields) ?? .sized(0)
            // Chunks are of HTTP/1.1; with 1.0 a server in between may not know them (RFC 9112, 6.1).
            if isVersion10, framing == .chunked { throw .malformed }
            contentLimit = APIHandler.bodyLimit
            if case .sized(let size) = framing, size > contentLimit { throw .contentTooLarge }
            isKeptAlive = isVersion10 ? connection.contains("keep-alive") : !connection.contains("close")
            awaitsContinue = !isVersion10 && framing != .sized(0) && Self.tokens(fields, "expect") == ["100-continue"]
        case .reply(let request):
            (method, isVersion10, contentLimit) = ("", request.isVersion10, .max)
            let hasNoBody = request.method == "HEAD" || ["204", "304"].contains(start[1])
            framing = try hasNoBody ? .sized(0) : Self.framing(fields) ?? .untilClose
            losesChunks = isVersion10 && framing == .chunked
            isKeptAlive = request.isKeptAlive && framing != .untilClose && !losesChunks && !connection.contains("close")
            awaitsContinue = false
        }
        let dropped: Set<String> = losesChunks ? Self.framingFields : []
        let kept = fields.filter { field in
            switch role {
            case .request: Self.requestFields.contains(field.name)
            case .reply: !dropped.contains(field.name)
            }
        }
        let passed = [start.joined(separator: " ")] + kept.map(\.line) + (losesChunks ? ["Connection: close"] : [])
        guard passed.allSatisfy({ $0.utf8.count <= Self.lineLimit }) else { throw .tooLarge }
        bytes = passed.flatMap { Array("\($0)\r\n".utf8) } + Array("\r\n".utf8)
    }

    private static func text(_ line: [UInt8]) throws(Refusal) -> String {
        guard let text = String(validating: line, as: UTF8.self) else { throw .malformed }
        return text
    }

    private static func framing(_ fields: [Field]) throws(Refusal) -> Framing? {
        let telling = fields.filter { ["content-length", "transfer-encoding"].contains($0.name) }
        guard let field = telling.first else { return nil }
        guard telling.count == 1 else { throw .malformed }
        if field.name == "transfer-encoding" {
            // What another coding makes of the content is not undone here.
            guard tokens(telling, field.name) == ["chunked"] else { throw .malformed }
            return .chunked
        }
        guard field.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(field.value) else {
            throw .malformed
        }
        return .sized(length)
    }

    private static func tokens(_ fields: [Field], _ name: String) -> [String] {
        fields.filter { $0.name == name }
            .flatMap { $0.value.split(separator: ",") }
            .map { Field.trimmed($0).lowercased() }
    }
}

extension MessageHead {
    /// A field of a head.
    fileprivate struct Field {
        /// As it came.
        let line: String
        /// In lower case.
        let name: String
        let value: String

        init(_ line: String) throws(Refusal) {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(Self.isNamePart) else {
                throw .malformed
            }
            (self.line, name, value) = (line, parts[0].lowercased(), Self.trimmed(parts[1]))
        }

        static func trimmed(_ text: Substring) -> String {
            let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]
            let start = text.utf8.drop { blanks.contains($0) }
            return String(decoding: start.reversed().drop { blanks.contains($0) }.reversed(), as: UTF8.self)
        }

        /// `token` of RFC 9110, 5.6.2.
        static func isNamePart(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
    }
}
