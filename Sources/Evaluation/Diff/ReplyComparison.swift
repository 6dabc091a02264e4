import JSON

/// Two responses held against each other: what names them, and their choices by index.
public struct ReplyComparison: Sendable {
    /// A field that the two responses have different values of.
    public struct FieldChange: Sendable {
        /// Such as `system_fingerprint` or `usage.prompt_tokens`.
        public let name: String
        /// The first response's value as it is spelled, compact; nil where there is none.
        public let a: [UInt8]?
        /// The second response's.
        public let b: [UInt8]?
    }

    /// Fields that are no reason for another completion: they name a response, have its time, or are compared apart.
    private static let passedOver: Set<String> = ["id", "created", "choices", "time_info"]

    /// In the first response's order, then what only the second has.
    public let changes: [FieldChange]
    /// In the order of their indices.
    public let choices: [ChoiceComparison]
    /// How many alternatives of each token were requested; nil where that is not known.
    public let topCounts: Pair<Int?>

    /// Compares two responses.
    public init(_ a: ComparedReply, _ b: ComparedReply) {
        let (fieldsA, fieldsB) = (Self.fields(of: a.document.root), Self.fields(of: b.document.root))
        var changes: [FieldChange] = []
        let namesA = Set(fieldsA.map { Array($0.name.utf8) })
        let valuesB = Dictionary(fieldsB.map { (Array($0.name.utf8), $0.value) }) { first, _ in first }
        for field in fieldsA {
            let other = valuesB[Array(field.name.utf8)]
            guard other != field.value else { continue }
            changes.append(FieldChange(name: field.name, a: field.value, b: other))
        }
        for field in fieldsB where !namesA.contains(Array(field.name.utf8)) {
            changes.append(FieldChange(name: field.name, a: nil, b: field.value))
        }
        self.changes = changes
        let topCounts = Pair(a: a.topCount, b: b.topCount)
        self.topCounts = topCounts
        choices = Set(a.choices.keys).union(b.choices.keys).sorted().map { index in
            ChoiceComparison(
                index, a.choices[index], b.choices[index], topCounts: topCounts)
        }
    }

    /// Whether the completions are the same, whatever is reported.
    public var isSame: Bool { choices.allSatisfy(\.isSame) }

    /// The members that have a value, those of `usage` one by one.
    private static func fields(of object: JSONView, prefix: String = "") -> [(name: String, value: [UInt8])] {
        var fields: [(name: String, value: [UInt8])] = []
        for member in object.members where !member.value.isNull {
            let name = prefix + (member.key.string ?? "")
            if passedOver.contains(name) { continue }
            if member.value.kind == .object, name.hasPrefix("usage") {
                fields += Self.fields(of: member.value, prefix: name + ".")
            } else {
                let isString = member.value.kind == .string
                fields.append((name, isString ? JSONValue(member.value).jsonBytes : member.value.compactBytes))
            }
        }
        return fields
    }
}

/// Something of each of the two responses.
public struct Pair<Value> {
    /// That of the first.
    public var a: Value
    /// That of the second.
    public var b: Value

    /// One of each.
    public init(a: Value, b: Value) {
        self.a = a
        self.b = b
    }
}

extension Pair: Sendable where Value: Sendable {}
