public import JSON
public import Platform

/// What a comparison of result files with an input found: how many rows there are of each kind, and the first of each.
public struct VerificationReport {
    /// What is wrong with rows or lines.
    public enum Kind: String, CaseIterable, Sendable {
        /// No record.
        case missing
        /// More than one record.
        case repeated
        /// A record of a failure.
        case failed
        /// A record of another request.
        case changed
        /// A record of what is not as it was expected to be.
        case unexpected
        /// A record of a row that is not in the input.
        case foreign
        /// A line that is not a record.
        case invalid

        /// What it says of its rows, after their number.
        ///
        /// - Parameter kind: what the files hold.
        func description(of kind: RecordKind) -> Message {
            switch self {
            case .missing: "missing"
            case .repeated: "repeated"
            case .failed: "failed"
            case .changed: "with a changed request"
            case .unexpected: "failing a check (\(own: kind.checks))"
            case .foreign: "not in this input"
            case .invalid: "not written by \(own: kind.command)"
            }
        }
    }

    /// Where a row or line stands.
    enum Place {
        case input(line: Int)
        case file([UInt8], line: Int)
    }

    /// What a result file is called in messages.
    public static func label(of path: [UInt8]) -> Message { "result file \(quoted: path)" }

    /// One of the first rows or lines of a kind.
    struct Named {
        /// The row's id; nil for a line that has none.
        let id: [UInt8]?
        let place: Place
        /// What is wrong with a line.
        let reason: Message?
    }

    private struct Group {
        var count = 0
        var named: [Named] = []
    }

    /// How many of each kind are named in JSON.
    public static let mostNamed = 1000
    /// How many of each kind are named to a person.
    private static let mostShown = 5

    /// What the files hold.
    private let records: RecordKind
    private var groups: [Kind: Group] = [:]
    /// How many rows the input has.
    public private(set) var rowCount = 0
    /// How many of them have exactly one record, of a success.
    public private(set) var completeCount = 0

    /// Nothing yet.
    ///
    /// - Parameter kind: what the files hold.
    init(of kind: RecordKind) {
        records = kind
    }

    /// Whether each row of the input has exactly one record, of a success and as it was expected to be, and there is nothing
    /// else.
    public var isGood: Bool { groups.isEmpty }

    /// How many rows or lines there are of a kind.
    public func count(of kind: Kind) -> Int { groups[kind]?.count ?? 0 }

    mutating func add(_ kind: Kind, _ id: [UInt8]?, _ place: Place, because reason: Message? = nil) {
        groups[kind, default: Group()].count += 1
        name(kind, Named(id: id, place: place, reason: reason))
    }

    mutating func count(_ state: RowState, isUnexpected: Bool) {
        rowCount += 1
        if state == .done { completeCount += 1 }
        if let kind = Self.kind(of: state, isUnexpected) { groups[kind, default: Group()].count += 1 }
    }

    mutating func name(_ state: RowState, isUnexpected: Bool, _ id: [UInt8], _ place: Place) {
        if let kind = Self.kind(of: state, isUnexpected) { name(kind, Named(id: id, place: place, reason: nil)) }
    }

    private mutating func name(_ kind: Kind, _ named: Named) {
        guard let count = groups[kind]?.named.count, count < Self.mostNamed else { return }
        groups[kind]?.named.append(named)
    }

    var wantsNames: Bool {
        groups.contains { kind, group in
            ![.foreign, .invalid].contains(kind) && group.named.count < min(group.count, Self.mostNamed)
        }
    }

    private static func kind(of state: RowState, _ isUnexpected: Bool) -> Kind? {
        switch state {
        case .open: .missing
        case .done: isUnexpected ? .unexpected : nil
        case .failed: .failed
        case .changed: .changed
        case .repeated: .repeated
        }
    }

    /// The report for people, line by line.
    public var lines: [Message] {
        var lines: [Message] = ["\(completeCount) of \(count: rowCount, "row") complete"]
        for kind in Kind.allCases {
            guard let group = groups[kind] else { continue }
            let shown = group.named.prefix(Self.mostShown)
            let names = shown.map(Self.describe).joined(separator: ", ")
            let rest = group.count - shown.count
            lines.append(
                "\(count: group.count, kind == .invalid ? "line" : "row") \(kind.description(of: records)): \(names)"
                    + (rest > 0 ? " and \(rest) more" : ""))
        }
        if count(of: .changed) > 0 {
            lines.append(
                "give --verify the same model, flags and template as the run, since they are part of each request")
        }
        return lines
    }

    private static func describe(_ named: Named) -> Message {
        let place: Message =
            switch named.place {
            case .input(let line): "line \(line)"
            case .file(let path, let line): "\(Self.label(of: path)), line \(line)"
            }
        if let reason = named.reason { return "\(place) (\(reason))" }
        return named.id.map { "\(quoted: $0) (\(place))" } ?? place
    }

    /// The report for programs.
    ///
    /// - Parameter secrets: what no text of a message may show.
    public func json(masking secrets: Secrets) -> JSONValue {
        var members = [
            JSONMember("rows", .integer(rowCount)), JSONMember("complete", .integer(completeCount)),
        ]
        for kind in Kind.allCases {
            let group = groups[kind] ?? Group()
            let list = group.named.map { Self.json($0, secrets) }
            members.append(
                JSONMember(kind.rawValue, ["count": .integer(group.count), "first": .array(list)]))
        }
        return .object(members)
    }

    private static func json(_ named: Named, _ secrets: Secrets) -> JSONValue {
        var members: [JSONMember] = []
        if let id = named.id { members.append(JSONMember("custom_id", .string(id))) }
        switch named.place {
        case .input(let line): members.append(JSONMember("line", .integer(line)))
        case .file(let path, let line):
            members.append(JSONMember("file", .text(("\(plain: path)" as Message).text(masking: secrets))))
            members.append(JSONMember("line", .integer(line)))
        }
        if let reason = named.reason { members.append(JSONMember("reason", .text(reason.text(masking: secrets)))) }
        return .object(members)
    }
}
