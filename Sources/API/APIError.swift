import JSON

/// An error that a server reports, in whatever shape it does.
public struct APIError: Error, Equatable, Sendable {
    /// The HTTP status, or the one that an event inside a stream names; 500 when it names none.
    public var status: Int
    /// Whether the server gave the status, by its number or by the error's type.
    public internal(set) var isStatusStated = true
    /// The server's message on one line; never empty.
    public var message: String
    /// How many characters of the message are worth showing; nil for all.
    public private(set) var messageLimit: Int?
    /// The API's `type`, such as `invalid_request_error`.
    public var type: String?
    /// The API's `param`: the field at fault, as far as it says.
    public var param: String?
    /// The API's `code`, such as `wrong_api_key`.
    public var code: String?

    /// Reads an error body: flat, nested under `error`, `detail`, plain text, HTML or empty (API page, "Errors").
    public init(status: Int, body: [UInt8]) {
        if let document = try? JSONDocument(parsing: body), let error = APIError(status: status, document.root) {
            self = error
        } else {
            self.init(status: status, message: PlainWords.of(body) ?? "the server sent no explanation")
            messageLimit = PlainWords.shownLength
        }
    }

    /// Reads an error object; nil when the value reports no error.
    ///
    /// - Parameters:
    ///   - status: what holds when the value does not name a status itself.
    ///   - value: any JSON.
    init?(status: Int, _ value: JSONView) {
        let inner = value["error"].flatMap { $0.isNull ? nil : $0 } ?? value
        guard let words = Self.words(of: inner) ?? Self.words(of: value) else { return nil }
        self.init(status: value["status_code"]?.integer ?? status, message: words)
        type = inner["type"].flatMap(Self.name)
        param = inner["param"].flatMap(Self.name)
        code = inner["code"].flatMap(Self.name)
    }

    /// An error of which nothing but the status can be read.
    ///
    /// - Parameter reason: why the body can't be.
    public init(status: Int, unreadable reason: String) {
        self.init(status: status, message: "the response body can't be read: \(reason)")
        messageLimit = PlainWords.shownLength
    }

    private init(status: Int, message: String) {
        self.status = status
        self.message = message
    }

    private static func words(of value: JSONView) -> String? {
        if let text = value.string { return oneLine(text) }
        for key: StaticString in ["message", "error", "detail", "msg"] {
            guard let member = value[key], !member.isNull else { continue }
            if let text = member.string, let line = oneLine(text) { return line }
            let list = member.elements.compactMap(problem)
            if !list.isEmpty { return list.joined(separator: "; ") }
            if member.kind == .object, let inner = words(of: member) { return inner }
        }
        return nil
    }

    /// One element of a `detail` list: `body.stop: too long`.
    private static func problem(_ element: JSONView) -> String? {
        guard let words = words(of: element) else { return nil }
        let place = element["loc"].map { $0.elements.compactMap(name).joined(separator: ".") } ?? ""
        return place.isEmpty ? words : "\(place): \(words)"
    }

    private static func name(_ value: JSONView) -> String? {
        if let text = value.string { return text.isEmpty ? nil : text }
        return value.number?.digits
    }

    /// Several problems joined by newlines, on one line.
    private static func oneLine(_ text: String) -> String? {
        let lines = text.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        return lines.isEmpty ? nil : lines.joined(separator: "; ")
    }
}
