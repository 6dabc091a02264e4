import Foundation

/// The head of a request: what is asked for, and how its body is told from what comes after it (RFC 9112).
struct RequestHead: Sendable {
    /// How long the body is.
    enum Framing: Equatable, Sendable {
        case length(Int)
        case chunked
    }

    /// A head that is none, after which nothing on the connection can be made out.
    struct Malformed: Error {}

    /// As it was sent.
    let method: String
    /// Without a query, percent escapes read.
    let path: String
    /// What the query says, percent escapes read; of several values of one name the last.
    let query: [String: String]
    /// By lower-case name; of several with one name the last.
    let headers: [String: String]
    /// How the body is told from what follows.
    let framing: Framing
    /// Whether another request may follow on the connection.
    let isKeptAlive: Bool
    /// Whether the client can read a body in chunks.
    let takesChunks: Bool

    /// Reads a head's lines, without their ends.
    ///
    /// - Throws: ``Malformed``.
    init(_ lines: [ArraySlice<UInt8>]) throws(Malformed) {
        var texts: [String] = []
        for line in lines {
            guard let text = String(validating: line, as: UTF8.self) else { throw Malformed() }
            texts.append(text)
        }
        let words = (texts.first ?? "").split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { throw Malformed() }
        method = String(words[0])
        path = URL(string: String(words[1].prefix { $0 != "?" }))?.standardized.path ?? ""
        let items = URLComponents(string: String(words[1]))?.queryItems ?? []
        query = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
        takesChunks = words[2] != "HTTP/1.0"
        var headers: [String: String] = [:]
        for text in texts.dropFirst() {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw Malformed() }
            let name = parts[0].trimmingCharacters(in: .whitespaces).lowercased()
            headers[name] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        self.headers = headers
        framing = try Self.framing(headers)
        let tokens = Self.tokens(headers["connection"])
        isKeptAlive = takesChunks ? !tokens.contains("close") : tokens.contains("keep-alive")
    }

    /// Whether the client sends no body before it is told to go on.
    var awaitsContinue: Bool { headers["expect"]?.lowercased() == "100-continue" && framing != .length(0) }

    private static func framing(_ headers: [String: String]) throws(Malformed) -> Framing {
        if let encoding = headers["transfer-encoding"] {
            guard headers["content-length"] == nil, tokens(encoding).last == "chunked" else { throw Malformed() }
            return .chunked
        }
        guard let digits = headers["content-length"] else { return .length(0) }
        guard digits.first?.isNumber == true, let length = Int(digits) else { throw Malformed() }
        return .length(length)
    }

    private static func tokens(_ value: String?) -> [String] {
        (value ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    }
}
