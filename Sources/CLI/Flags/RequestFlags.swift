import Client
import Flags

extension Section where Options == RequestOptions {
    /// How the body is written.
    static let body = Section(
        "Request",
        [
            Flag(
                "encoding",
                takes: .choice(
                    of: Payload.Encoding.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "ENCODING"),
                defaultValue: "json",
                "Request body encoding"
            ) { $0.encoding = Payload.Encoding(rawValue: $1) ?? .json },
            Flag(
                "compress",
                takes: .choice(
                    of: Payload.Compression.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "HOW"),
                defaultValue: "auto",
                "Request body compression"
            ) { $0.compression = Payload.Compression(rawValue: $1) ?? .auto },
        ])
}

extension Section where Options == CompleteOptions {
    /// How the body is written, and what to do with the request other than to send it.
    static let request = Section(
        Section<RequestOptions>.body.title,
        Section<RequestOptions>.body.within(\.request).flags + [
            Flag(
                "dry-run", takes: .optionalChoice(of: [NamedValue("body", "The exact bytes of the body")]),
                isConfigurable: false,
                "Print the request without sending it",
                details: "Needs no key."
            ) { $0.preview = $1 == nil ? .request : .body },
            Flag(
                "curl", takes: .switch, isConfigurable: false, overrideGroup: "dry-run",
                "Print an equivalent curl command without sending"
            ) { options, _ in options.preview = .curl },
        ])
}

extension Payload.Encoding {
    /// What it is, for the documents.
    fileprivate var summary: String {
        switch self {
        case .json: "JSON"
        case .msgpack: "MessagePack"
        }
    }
}

extension Payload.Compression {
    /// When it compresses, for the documents.
    fileprivate var summary: String {
        switch self {
        case .auto: "With gzip from 4 KiB on, to the vendor's server only"
        case .gzip: "Always gzip"
        case .none: "Never"
        }
    }
}
