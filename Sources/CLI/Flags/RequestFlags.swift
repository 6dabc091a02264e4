import Flags

extension Section where Options == Invocation {
    /// How the body is written, and what to do with the request other than to send it.
    static let request = Section(
        "Request",
        [
            Flag(
                "encoding", takes: .choice(of: Payload.Encoding.allCases.map(\.rawValue), name: "ENCODING"),
                defaultValue: "json",
                "Write the body so."
            ) { $0.encoding = Payload.Encoding(rawValue: $1) ?? .json },
            Flag(
                "compress", takes: .choice(of: Payload.Compression.allCases.map(\.rawValue), name: "HOW"),
                defaultValue: "auto",
                "Compress the body.", details: "auto: with gzip from 4 KiB on when the server is the vendor's own."
            ) { $0.compression = Payload.Compression(rawValue: $1) ?? .auto },
            Flag(
                "dry-run", takes: .optionalChoice(of: ["body"]), isConfigurable: false,
                "Print the request and send nothing.", details: "body: the very bytes of the body. Needs no key."
            ) { $0.preview = $1 == nil ? .request : .body },
            Flag(
                "curl", takes: .switch, isConfigurable: false, overrideGroup: "dry-run",
                "Print a curl command that sends the request, and send nothing."
            ) { options, _ in options.preview = .curl },
        ])
}
