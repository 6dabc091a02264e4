import Client
import API
import Flags
import HTTP
import Platform

extension Section where Options == ConnectionOptions {
    /// The server, and the key for it.
    static let connection = Section(
        "Connection",
        [
            Flag(
                "api-key-file", takes: .file, outrankedBy: "CEREBRAS_API_KEY", binding: forServer,
                "File to read the API key from",
                details: "Without it the key is CEREBRAS_API_KEY; a server on this machine needs none. - is "
                    + "standard input."
            ) { $0.key = .file($1) },
            Flag(
                "api-key-command", takes: .commandLine, outrankedBy: "CEREBRAS_API_KEY", overrideGroup: "api-key-file",
                binding: forServer,
                "Command that prints the API key",
                details: "Run without a shell, its arguments split on whitespace. For pass, secret-tool, op "
                    + "and the like."
            ) { $0.key = .command($1) },
            Flag(
                "base-url", takes: .baseURL, environment: "CEREBRAS_BASE_URL", defaultValue: BaseURL.vendor.text,
                isCommon: true,
                "API base URL",
                details: "With or without /v1 or another version. A URL that ends in /completions is used "
                    + "unchanged."
            ) { $0.baseURL = $1 },
            Flag(
                "header", takes: .header, maxOccurrences: .max,
                binding: FlagBinding(to: "base-url") { (try? Value.header.parse($0))?.isSecret ?? true },
                "Add a request header",
                details: "Authorization replaces the API key. Credentials are safer in a --header-file."
            ) { $0.headers.append($1) },
            Flag(
                "header-file", takes: .file, maxOccurrences: .max, binding: forServer,
                "Add the request headers in FILE",
                details: "One a line, as with --header; blank lines and lines that begin with # are skipped."
            ) { $0.headerFiles.append($1) },
            Flag(
                "api-version", takes: .integer(in: 0 ... .max),
                "API version to request",
                details: "A number, sent as X-Cerebras-Version-Patch."
            ) { $0.apiVersion = $1 },
            maxRetries(2),
            Flag(
                "max-retry-wait", takes: .duration, defaultValue: "60s",
                "Maximum wait before a retry",
                details: "If the server asks for more, the exit status is 6."
            ) { $0.retries.maxWait = $1 },
            Flag(
                "connect-timeout", takes: .duration, defaultValue: "5s",
                "Connection timeout"
            ) { $0.limits.connect = $1 },
            Flag(
                "idle-timeout", takes: .duration, defaultValue: "60s",
                "Maximum time without receiving data"
            ) { $0.limits.idle = $1 },
            Flag(
                "timeout", takes: .duration,
                "Maximum time for the whole command",
                details: "Includes retries; unlimited by default."
            ) { $0.timeout = $1 },
            Flag(
                "max-response-size", takes: .size, defaultValue: ConnectionOptions.usualResponseSize.argument,
                "Maximum memory for a response",
                details: "Streamed data does not count. A larger response is exit status 5."
            ) { $0.maxResponseSize = $1 },
            Flag(
                "cacert", takes: .file,
                "Trust the CA certificates in FILE, not the system's",
                details: "In the PEM format."
            ) { $0.trustFile = $1 },
            Flag(
                "allow-http", takes: .switch,
                "Allow unencrypted requests to other machines",
                details: "Key and prompt can then be read on the way."
            ) { $0.allowsHTTP = $1 },
        ] + ["api-key", "apikey", "key", "token"].map { .refused($0, refusal) })

    /// The same for a command that nobody waits for.
    static let patientConnection = Section(
        connection.title, connection.flags.map { $0.name == "max-retries" ? maxRetries(5) : $0 })

    private static func maxRetries(_ count: Int) -> Flag<ConnectionOptions> {
        Flag(
            "max-retries", takes: .integer(in: 0...100), defaultValue: String(count),
            "Maximum number of retries",
            details: "After a failed connection, a timeout, an empty response, or status 408, 409, 429 or "
                + "500 and up, also of an error inside a response; never once output was written."
        ) { $0.retries.maxRetries = $1 }
    }

    /// Credentials of another server are not for one that a profile names.
    private static let forServer = FlagBinding(to: "base-url")

    private static let refusal = Refusal(
        onCommandLine: "a key on the command line shows in process lists; use CEREBRAS_API_KEY or --api-key-file FILE",
        inConfig: "api-key-file or api-key-command says where the key is")
}

extension Value where Parsed == BaseURL {
    /// A server's address.
    fileprivate static var baseURL: Value {
        Value(ValueSyntax(.required, name: "URL")) { bytes throws(BadValue) in
            do throws(BaseURL.Problem) {
                return try BaseURL(parsing: bytes)
            } catch {
                // An address that may hold a password or a key is not repeated, whatever else is wrong with it.
                let isSecret = bytes.contains { "@?#".utf8.contains($0) }
                throw BadValue("\(isSecret ? "the address" : "\(quoted: bytes)") \(own: error.description)")
            }
        }
    }
}
