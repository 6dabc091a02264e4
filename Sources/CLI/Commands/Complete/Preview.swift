import API
import Client
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

    private let plan: RequestPlan
    private let connection: Connection
    private let options: ConnectionOptions
    private let secrets: Secrets
    private let isGuarded: Bool

    /// A preview of what a connection would send.
    ///
    /// - Parameters:
    ///   - options: what the connection was made from.
    ///   - secrets: what is not shown.
    ///   - isGuarded: whether it goes to a terminal that nothing in it may steer.
    init(
        _ plan: RequestPlan, by connection: Connection, _ options: ConnectionOptions, masking secrets: Secrets,
        isGuarded: Bool
    ) {
        self.plan = plan
        self.connection = connection
        self.options = options
        self.secrets = secrets
        self.isGuarded = isGuarded
    }

    /// What to print, and what is to be said of it.
    func make(_ kind: Kind) throws(Failure) -> (bytes: [UInt8], notes: [Message]) {
        switch kind {
        case .body: return (try plan.payload(for: connection.baseURL).bytes, [])
        case .curl:
            let command = try CurlCommand(plan, by: connection, options, masking: secrets, isGuarded: isGuarded)
            return (Array("\(command.text)\n".utf8), command.notes)
        case .request:
            let request = connection.completion(try plan.payload(for: connection.baseURL))
            return (head(request) + (isGuarded ? TerminalDocument.lines(masked) : masked) + [UInt8(ascii: "\n")], [])
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

    private var masked: [UInt8] { secrets.mask(pretty, guesses: false) }

    private var pretty: [UInt8] {
        let bytes = plan.request.body.jsonBytes
        // A field's value may be as deep as a document may, and stands inside the body.
        return (try? JSONDocument(parsing: bytes, depthLimit: JSONDocument.usualDepthLimit + 1))?.root.prettyBytes
            ?? bytes
    }
}
