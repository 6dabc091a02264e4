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

    private let plan: Plan
    private let secrets: Secrets

    init(_ plan: Plan, _ secrets: Secrets) {
        self.plan = plan
        self.secrets = secrets
    }

    /// What to print, and what is to be said of it.
    func make(_ kind: Kind) throws(Failure) -> (bytes: [UInt8], notes: [Message]) {
        switch kind {
        case .body: return (try plan.payload().bytes, [])
        case .curl:
            let command = try CurlCommand(plan, masking: secrets, isGuarded: isGuarded)
            return (Array("\(command.text)\n".utf8), command.notes)
        case .request:
            let request = plan.connection.completion(try plan.payload())
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

    /// Whether it is shown on a terminal that nothing in it may steer.
    private var isGuarded: Bool { plan.context.isTerminal && !plan.context.isRaw }

    private var masked: [UInt8] { secrets.mask(pretty, guesses: false) }

    private var pretty: [UInt8] {
        let bytes = plan.request.body.jsonBytes
        // A field's value may be as deep as a document may, and stands inside the body.
        return (try? JSONDocument(parsing: bytes, depthLimit: JSONDocument.usualDepthLimit + 1))?.root.prettyBytes
            ?? bytes
    }
}
