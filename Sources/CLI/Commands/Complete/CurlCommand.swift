import API
import Client
import HTTP
import JSON
import Platform
import Rendering

/// A `curl` command that sends a plan's request, with variables in the place of credentials.
struct CurlCommand {
    /// An argument of a command may have about 128 KiB on Linux; longer bodies go through a pipe.
    private static let longestArgument = 100_000

    /// The command, on one line as far as a shell is concerned.
    private(set) var text = ""
    /// Which variables to set, and what is not the same as in the request.
    private(set) var notes: [Message] = []
    private let isGuarded: Bool

    /// The command for a plan.
    ///
    /// - Parameters:
    ///   - options: what the connection was made from; curl reads variables itself.
    ///   - secrets: what it may not show.
    ///   - isGuarded: whether it goes to a terminal that nothing in it may steer.
    /// - Throws: ``Failure`` when the body can't be encoded as requested.
    init(
        _ plan: RequestPlan, by connection: Connection, _ options: ConnectionOptions, masking secrets: Secrets,
        isGuarded: Bool
    ) throws(Failure) {
        self.isGuarded = isGuarded
        let payload = try plan.payload(of: maskedBody(plan.request.body, secrets), for: connection.baseURL)
        let request = connection.completion(payload)
        var words = ["curl", "--request", request.method]
        words += headers(of: request, by: connection, isOfProfile: options.profile != nil, secrets)
        if let file = options.trustFile { words += ["--cacert", quote(file)] }
        if request.route.isDirect, request.route.proxy != nil { words += ["--noproxy", "'*'"] }
        // curl would take brackets in a URL for several URLs.
        if request.url.utf8.contains(where: "[]{}".utf8.contains) { words.append("--globoff") }
        // curl would ask leave for a long body, which the program does not.
        words += ["--header", "Expect:"]
        let body = payload.bytes
        let url = quote(Array(request.url.utf8))
        if payload.isText, body.count <= Self.longestArgument {
            words += ["--data-binary", quote(isGuarded ? TerminalDocument.lines(body) : body), url]
            text = words.joined(separator: " ")
        } else {
            words += ["--data-binary", "@-", url]
            text = "printf %s " + Base64.encode(body) + " | base64 -d | " + words.joined(separator: " ")
        }
    }

    /// The body with `***` in the place of secrets, which a prompt may hold.
    private mutating func maskedBody(_ value: JSONValue, _ secrets: Secrets) -> JSONValue {
        let body = value.jsonBytes
        let masked = secrets.mask(body, guesses: false)
        guard masked.count != body.count || masked != body else { return value }
        notes.append("--curl: text that looks like a key is shown as ***; --dry-run=body prints the exact body")
        let depth = JSONDocument.usualDepthLimit + 1
        return (try? JSONDocument(parsing: masked, depthLimit: depth)).map(JSONValue.document)
            ?? .text(String(decoding: masked, as: UTF8.self))
    }

    private mutating func headers(
        of request: HTTPRequest, by connection: Connection, isOfProfile: Bool, _ secrets: Secrets
    ) -> [String] {
        var words: [String] = []
        var variables: Set<String> = []
        for header in request.headers where connection.key == nil || header.name != "Authorization" {
            words.append("--header")
            guard header.isSecret, !header.value.isEmpty else {
                let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
                words.append(quote(secrets.mask(Array(line.utf8))))
                continue
            }
            let variable = Self.variable(for: header.name, besides: variables)
            variables.insert(variable)
            // A name may hold what a shell reads inside of double quotes, too.
            let isPlain = header.name.utf8.allSatisfy { !"$`!".utf8.contains($0) }
            words.append(
                isPlain
                    ? "\"\(header.name): $\(variable)\"" : quote(Array("\(header.name): ".utf8)) + "\"$\(variable)\"")
            notes.append("--curl: set \(plain: variable) to the value of the header \(plain: header.name)")
        }
        let hasOwn = request.headers.contains { $0.name.lowercased() == "authorization" }
        if connection.key != nil || !connection.baseURL.isLoopback && !hasOwn {
            // The environment's key is not for a profile's server.
            let variable = isOfProfile ? "PROFILE_API_KEY" : "CEREBRAS_API_KEY"
            words += ["--header", "\"Authorization: Bearer $\(variable)\""]
            if isOfProfile { notes.append("--curl: set PROFILE_API_KEY to the key of the profile") }
        }
        return words
    }

    /// `X_API_KEY` for `X-API-Key`.
    private static func variable(for name: String, besides others: Set<String>) -> String {
        let letters = name.uppercased().unicodeScalars.map { scalar in
            "A"..."Z" ~= scalar || "0"..."9" ~= scalar ? String(scalar) : "_"
        }
        let isNumber = name.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        let variable = (isNumber ? "_" : "") + letters.joined()
        let numbered = [variable] + (2...others.count + 2).map { "\(variable)_\($0)" }
        return numbered.first { !others.contains($0) } ?? variable
    }

    /// A word that a shell takes as it is; to a terminal goes nothing that it would act on.
    private func quote(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        if isGuarded, !VisibleText.escape(bytes).utf8.elementsEqual(bytes) { return Self.spell(bytes) }
        return "'"
            + text.utf8.split(separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }.joined(separator: "'\\''") + "'"
    }

    /// `$'...'` with every byte that is not printable ASCII as `\NNN`.
    private static func spell(_ bytes: [UInt8]) -> String {
        let spelled = bytes.map { byte in
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\\"): "\\" + String(Unicode.Scalar(byte))
            case 0x20..<0x7F: String(Unicode.Scalar(byte))
            default: "\\" + [byte >> 6, byte >> 3 & 7, byte & 7].map { String($0) }.joined()
            }
        }
        return "$'" + spelled.joined() + "'"
    }
}
