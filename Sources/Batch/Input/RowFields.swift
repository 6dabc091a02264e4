import JSON

/// The members of a row's object by name, in order.
struct RowFields {
    /// So many names are compared with each other; more are found by their hashes.
    private static let comparedCount = 16

    /// Names, as UTF-8, and values.
    private(set) var members: [(name: [UInt8], value: JSONView)] = []

    /// The members of an object.
    init(_ object: JSONView) {
        for (key, value) in object.members { members.append((key.stringBytes ?? [], value)) }
    }

    /// The value of the last member with a name; nil when there is none.
    subscript(_ name: [UInt8]) -> JSONView? {
        for member in members.reversed() where member.name == name { return member.value }
        return nil
    }

    /// Fails when a name is given twice, so that neither value is to be preferred.
    func checkNames() throws(RowProblem) {
        if members.count <= Self.comparedCount {
            for (place, member) in members.enumerated()
            where members[..<place].contains(where: { $0.name == member.name }) {
                throw RowProblem("field \(RowProblem.quoted(member.name)) is given twice")
            }
        } else {
            var seen: Set<[UInt8]> = []
            for member in members where !seen.insert(member.name).inserted {
                throw RowProblem("field \(RowProblem.quoted(member.name)) is given twice")
            }
        }
    }

    /// The row's `custom_id`; nil when it has none.
    func customID() throws(RowProblem) -> [UInt8]? {
        guard let value = self[RowName.customID] else { return nil }
        guard members.count(where: { $0.name == RowName.customID }) == 1 else {
            throw RowProblem("field 'custom_id' is given twice")
        }
        guard let id = value.stringBytes else { throw RowProblem("custom_id: not a string") }
        guard !id.isEmpty else { throw RowProblem("custom_id: empty") }
        return id
    }
}

/// Names that have a meaning of their own in a row.
enum RowName {
    static let customID = Array("custom_id".utf8)
    static let method = Array("method".utf8)
    static let url = Array("url".utf8)
    static let body = Array("body".utf8)
    static let prompt = Array("prompt".utf8)
    static let model = Array("model".utf8)
    static let messages = Array("messages".utf8)
    static let stream = Array("stream".utf8)
    static let streamOptions = Array("stream_options".utf8)
}
