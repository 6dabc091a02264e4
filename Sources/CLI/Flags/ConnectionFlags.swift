import API
import Flags
import HTTP
import Platform

extension Section where Options == ConnectionOptions {
    /// Whom to ask, and with which key.
    static let connection = Section(
        "Connection",
        [
            Flag(
                "api-key-file", takes: .file, outrankedBy: "CEREBRAS_API_KEY",
                "Read the key from this file.",
                details: "Without it the key is CEREBRAS_API_KEY; a server on this machine needs none."
            ) { $0.key = .file($1) },
            Flag(
                "api-key-command", takes: .commandLine, outrankedBy: "CEREBRAS_API_KEY", overrideGroup: "api-key-file",
                "Run this program, which prints the key.",
                details:
                    "Without a shell; its arguments are split on whitespace. For pass, secret-tool, op and the like."
            ) { $0.key = .command($1) },
            Flag(
                "base-url", takes: .baseURL, environment: "CEREBRAS_BASE_URL", defaultValue: BaseURL.vendor.text,
                "Ask this server.",
                details: "With or without /v1 or another version; one that ends in /completions is taken as it is."
            ) { $0.baseURL = $1 },
            Flag(
                "header", takes: .header, maxOccurrences: .max,
                "Add a request header.",
                details: "Authorization replaces the API key's. Credentials are safer in a --header-file."
            ) { $0.headers.append($1) },
            Flag(
                "header-file", takes: .file, maxOccurrences: .max, "Add the request headers in this file.",
                details: "A line each, as with --header; blank lines and those that begin with # are passed over."
            ) { $0.headerFiles.append($1) },
            Flag(
                "api-version", takes: .integer(in: 0 ... .max),
                "Ask for this dated version of the API (X-Cerebras-Version-Patch)."
            ) { $0.apiVersion = $1 },
            Flag(
                "max-retries", takes: .integer(in: 0...100), defaultValue: "2",
                "Ask again up to this many times.",
                details: "After a failed connection, a timeout, an empty response, or the status 408, 409, 429 or "
                    + "500 and up, also of an error inside the response; never once output was written."
            ) { $0.retries.maxRetries = $1 },
            Flag(
                "max-retry-wait", takes: .duration, defaultValue: "60s",
                "Wait no longer than this between two tries.",
                details: "A server that asks for more ends it with exit status 6."
            ) { $0.retries.maxWait = $1 },
            Flag(
                "connect-timeout", takes: .duration, defaultValue: "5s", "Give a connection this long to be made."
            ) { $0.limits.connect = $1 },
            Flag(
                "idle-timeout", takes: .duration, defaultValue: "60s",
                "Give up after this long without a byte received."
            ) { $0.limits.idle = $1 },
            Flag(
                "timeout", takes: .duration,
                "Give up when the whole command takes longer.", details: "Retries included; unlimited unless set."
            ) { $0.timeout = $1 },
            Flag(
                "max-response-size", takes: .size, defaultValue: ResponseLimit.defaultValue.argument,
                "Maximum memory for a response.",
                details: "Bytes, or with K, M or G. What streams through is not counted; more is exit status 5."
            ) { $0.maxResponseSize = $1 },
            Flag(
                "cacert", takes: .file,
                "Trust the certificates in this file instead of the system's.", details: "In the PEM format."
            ) { $0.trustFile = $1 },
            Flag(
                "allow-http", takes: .switch,
                "Send key and prompt unencrypted, to a server that is not on this machine."
            ) { $0.allowsHTTP = $1 },
        ] + ["api-key", "apikey", "key", "token"].map { .refused($0, refusal) })

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
