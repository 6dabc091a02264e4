import JSON
import Platform

/// A JSON document on standard error: names and numbers of the program's, and texts that are masked when they are written.
indirect enum Report: ExpressibleByDictionaryLiteral {
    case null
    case integer(Int)
    case number(Double)
    case text(Message)
    /// A value of the server's, with its digits as they are spelled.
    case copy(JSONView)
    case list([Report])
    case object([(StaticString, Report)])

    /// A member of an object that is put together elsewhere.
    struct Member {
        let name: StaticString
        let value: Report
    }

    init(dictionaryLiteral members: (StaticString, Report)...) {
        self = .object(members)
    }

    /// A text of the server's; null for none.
    static func text(_ text: String?) -> Report {
        text.map { .text("\(raw: $0)") } ?? .null
    }

    /// The document on a line of its own.
    ///
    /// - Parameter secrets: what no text may show.
    func line(masking secrets: Secrets) -> [UInt8] {
        value(masking: secrets).jsonBytes + [UInt8(ascii: "\n")]
    }

    /// The document as a value.
    func value(masking secrets: Secrets) -> JSONValue {
        switch self {
        case .null: .null
        case .integer(let value): .integer(value)
        case .number(let value): .double(value)
        case .text(let message): .text(message.text(masking: secrets))
        case .copy(let value): Self.copy(value, masking: secrets)
        case .list(let elements): .array(elements.map { $0.value(masking: secrets) })
        case .object(let members):
            .object(members.map { JSONMember("\($0.0)", $0.1.value(masking: secrets)) })
        }
    }

    /// A value that is no longer JSON once it is masked becomes a text.
    private static func copy(_ value: JSONView, masking secrets: Secrets) -> JSONValue {
        let spelling = value.compactBytes
        let masked = secrets.mask(spelling)
        guard masked.count != spelling.count || masked != spelling else { return JSONValue(value) }
        return (try? JSONDocument(parsing: masked)).map(JSONValue.document)
            ?? .text(String(decoding: masked, as: UTF8.self))
    }
}
