import Platform

/// Where a server's API stands, from what people put into `CEREBRAS_BASE_URL`: with or without a version such as `/v1`, a
/// final `/`, or the endpoint `/completions`.
public struct BaseURL: Equatable, Sendable {
    /// Why a text is not a base URL.
    public enum Problem: Error, Equatable, Sendable {
        case notHTTP
        case noHost
        case badHost
        case badPort
        case invalidCharacter
        case queryOrFragment
        case credentials
        case chat
    }

    /// Scheme, host, port and path, without the version, the endpoint and a final slash.
    public let text: String
    /// What stands between that and the endpoints: `/v1` unless the text named another version, or an endpoint without any.
    private let version: String

    /// The vendor's own.
    public static let vendor = BaseURL(text: "https://api.cerebras.ai", version: "/v1")

    private init(text: String, version: String) {
        self.text = text
        self.version = version
    }

    /// Reads a base URL; bytes other than printable ASCII must be percent-encoded.
    public init(parsing bytes: [UInt8]) throws(Problem) {
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .invalidCharacter }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let authorityStart = Self.schemeLength(of: text) else { throw .notHTTP }
        guard !text.contains("?"), !text.contains("#") else { throw .queryOrFragment }
        let authority = Self.authority(of: text)
        guard !authority.contains("@") else { throw .credentials }
        guard !authority.isEmpty, authority.first != ":" else { throw .noHost }
        let (host, port) = Self.parts(of: authority)
        guard Self.isHost(host) else { throw .badHost }
        guard port.isEmpty || (1...65535).contains(Int(port) ?? 0) else { throw .badPort }
        let origin = text.prefix(authorityStart + authority.count)
        var path = Self.withoutFinalSlashes(text.dropFirst(origin.count))
        let endpoint = "/completions"
        let namesEndpoint = path.hasSuffix(endpoint)
        if namesEndpoint { path = Self.withoutFinalSlashes(path.dropLast(endpoint.count)) }
        if namesEndpoint, path.hasSuffix("/chat") { throw .chat }
        let last = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[$0...] } ?? ""
        let isVersion = Self.isVersion(last.dropFirst())
        if isVersion { path = Self.withoutFinalSlashes(path.dropLast(last.count)) }
        self.init(text: String(origin + path), version: isVersion ? String(last) : namesEndpoint ? "" : "/v1")
    }

    /// The completions endpoint.
    public var completions: String { text + version + "/completions" }

    /// The list of models, or one of them.
    ///
    /// - Parameters:
    ///   - isPublic: the catalog for everyone, which the vendor keeps elsewhere.
    ///   - id: any bytes; those that a path can't hold are percent-encoded.
    public func models(isPublic: Bool, id: [UInt8]?) -> String {
        let list = text + (isPublic ? "/public" : "") + version + "/models"
        guard let id else { return list }
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@/".utf8)
        let hexadecimal = Array("0123456789ABCDEF")
        return id.reduce(into: list + "/") { path, byte in
            if plain.contains(byte) {
                path.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                path += "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
            }
        }
    }

    /// Whether the host is the vendor's own.
    public var isVendor: Bool {
        let (host, port) = Self.parts(of: Self.authority(of: text))
        guard !isUnencrypted, ["", "443"].contains(port) else { return false }
        return host.lowercased() == Self.authority(of: Self.vendor.text)
    }

    /// Whether what is sent there can be read on the way.
    public var isUnencrypted: Bool { text.lowercased().hasPrefix("http://") }

    /// Whether the host names this machine, by name or by address. Where a name leads shows only when it is connected to.
    public var isLoopback: Bool { LoopbackAddress.mayBeNamed(Self.parts(of: Self.authority(of: text)).host) }

    /// What stands between the scheme and the path.
    private static func authority(of text: String) -> Substring {
        text.dropFirst(schemeLength(of: text) ?? 0).prefix { $0 != "/" }
    }

    /// Host and port, which is empty when none is named.
    private static func parts(of authority: Substring) -> (host: Substring, port: Substring) {
        let end = authority.lastIndex(of: "]") ?? authority.startIndex
        let host = authority.prefix(upTo: authority[end...].firstIndex(of: ":") ?? authority.endIndex)
        return (host, authority.dropFirst(host.count + 1))
    }

    /// Whether it is spelled as a name or an address is.
    private static func isHost(_ host: Substring) -> Bool {
        let isBracketed = host.first == "[" && host.last == "]"
        let name = isBracketed ? host.dropFirst().dropLast() : host
        return name.utf8.allSatisfy { byte in
            let isLetter = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            return isLetter || "-._~%".utf8.contains(byte) || (isBracketed && byte == UInt8(ascii: ":"))
        }
    }

    private static func withoutFinalSlashes(_ path: Substring) -> Substring {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Whether a part of a path is an API's version: `v1`, `v2.1`, `v1beta2`.
    private static func isVersion(_ part: Substring) -> Bool {
        guard part.first == "v" else { return false }
        let numbers = part.utf8.dropFirst().prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard let first = numbers.first, first != UInt8(ascii: ".") else { return false }
        let rest = part.utf8.dropFirst(1 + numbers.count)
        guard !rest.isEmpty else { return true }
        return ["alpha", "beta", "preview", "rc"].contains { stage in
            rest.starts(with: stage.utf8) && rest.dropFirst(stage.utf8.count).allSatisfy { (0x30...0x39).contains($0) }
        }
    }

    private static func schemeLength(of text: String) -> Int? {
        ["http://", "https://"].first { text.lowercased().hasPrefix($0) }?.count
    }
}

extension BaseURL.Problem: CustomStringConvertible {
    /// One clause that says what would be right.
    public var description: String {
        switch self {
        case .notHTTP: "must begin with http:// or https://"
        case .noHost: "has no host"
        case .badHost: "has a host that is neither a name nor an address"
        case .badPort: "has a port that is not a number from 1 to 65535"
        case .invalidCharacter: "contains a space or a character that is not printable ASCII"
        case .queryOrFragment: "must not contain '?' or '#'"
        case .credentials: "must not contain a user name or password"
        case .chat: "is for chat completions, which take messages, not a prompt; leave out /chat/completions"
        }
    }
}
