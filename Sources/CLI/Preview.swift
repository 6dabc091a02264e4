import API
import HTTP
import JSON
import Platform
import Rendering

/// What `--dry-run` and `--curl` print instead of sending the request. The key is never in it.
struct Preview {
    /// What is shown.
    enum Kind {
        /// Method, URL, headers and the body as pretty JSON.
        case request
        /// The bytes of the body.
        case body
        /// A `curl` command that sends the same request.
        case curl
    }

    /// An argument of a command may have about 128 KiB on Linux; longer bodies go through a pipe.
    private static let longestArgument = 100_000

    private let plan: Plan
    private let secrets: Secrets

    init(_ plan: Plan, _ secrets: Secrets) {
        self.plan = plan
        self.secrets = secrets
    }

    /// The bytes to print.
    func bytes(_ kind: Kind) throws(Failure) -> [UInt8] {
        let payload = try plan.payload()
        let request = plan.httpRequest(payload)
        switch kind {
        case .body: return request.body ?? []
        case .curl: return Array((curl(request, isText: payload.isText) + "\n").utf8)
        case .request:
            return head(request) + (isGuarded ? TerminalDocument.lines(masked) : masked) + [UInt8(ascii: "\n")]
        }
    }

    private func head(_ request: HTTPRequest) -> [UInt8] {
        let lines: [Message] = ["\(own: request.method) \(plain: request.url)"] + request.headers.map(shown)
        let text = lines.map { $0.text(masking: secrets) + "\n" }.joined()
        return Array("\(text)\n".utf8)
    }

    private func shown(_ header: Header) -> Message {
        header.isSecret || isGuarded
            ? header.line(isSecret: header.isSecret) : "\(raw: "\(header.name): \(header.value)")"
    }

    /// Whether it is shown on a terminal that nothing in it may steer.
    private var isGuarded: Bool { plan.context.isTerminal && !plan.context.isRaw }

    private var masked: [UInt8] { secrets.mask(pretty) }

    private var pretty: [UInt8] {
        let bytes = plan.request.body.jsonBytes
        // A field's value may be as deep as a document may, and stands inside the body.
        return (try? JSONDocument(parsing: bytes, depthLimit: JSONDocument.usualDepthLimit + 1))?.root.prettyBytes
            ?? bytes
    }

    private func curl(_ request: HTTPRequest, isText: Bool) -> String {
        var words = ["curl", "--request", request.method]
        for header in request.headers where !header.isSecret {
            words += [
                "--header", Self.quote(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"),
            ]
        }
        if plan.key != nil || !plan.isLoopback {
            words += ["--header", "\"Authorization: Bearer $CEREBRAS_API_KEY\""]
        }
        if let file = plan.namedTrustFile { words += ["--cacert", Self.quote(String(decoding: file, as: UTF8.self))] }
        if request.route.isDirect, request.route.proxy != nil { words += ["--noproxy", "'*'"] }
        // curl would take brackets in a URL for several URLs.
        if request.url.utf8.contains(where: "[]{}".utf8.contains) { words.append("--globoff") }
        // curl would ask leave for a long body, which the program does not.
        words += ["--header", "Expect:"]
        let body = request.body ?? []
        guard isText, body.count <= Self.longestArgument else {
            let piped = "printf %s " + Base64.encode(body) + " | base64 -d | "
            return piped + (words + ["--data-binary", "@-", Self.quote(request.url)]).joined(separator: " ")
        }
        let text = String(decoding: body, as: UTF8.self)
        return (words + ["--data-binary", Self.quote(text), Self.quote(request.url)]).joined(separator: " ")
    }

    /// A word that a shell takes as it is.
    private static func quote(_ text: String) -> String {
        "'"
            + text.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "'\\''") + "'"
    }
}
