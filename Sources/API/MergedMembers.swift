import JSON

/// The members of an object that comes in parts, in the order their keys first came, each key's value as spelled.
struct MergedMembers: Sendable {
    /// Which of several values stands.
    enum Preference {
        /// The first that is not `null`: what names the response does not change.
        case first
        /// The last that is not `null` or empty: what is known only at the end.
        case last
    }

    private var entries: [(key: [UInt8], value: [UInt8])] = []
    /// Where each key stands in ``entries``.
    private var places: [[UInt8]: Int] = [:]

    var isEmpty: Bool { entries.isEmpty }

    /// A key as spelled in quotes; without its escapes if it is one of these names, which thus are one key each.
    static func spelling(of key: JSONView, plain names: [StaticString]) -> ArraySlice<UInt8> {
        guard key.source.contains(UInt8(ascii: "\\")), let bytes = key.stringBytes else { return key.source }
        guard names.contains(where: { key.hasString($0) }) else { return key.source }
        var spelling: [UInt8] = []
        JSONString.append(bytes, to: &spelling)
        return spelling[...]
    }

    mutating func merge(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, prefer preference: Preference) {
        let key = Array(key)
        guard let index = places[key] else {
            places[key] = entries.count
            entries.append((key, Array(value)))
            return
        }
        let saysNothing = value.elementsEqual("null".utf8) || value.elementsEqual("\"\"".utf8)
        let isOpen = preference == .last || entries[index].value.elementsEqual("null".utf8)
        if !saysNothing, isOpen { entries[index].value = Array(value) }
    }

    /// The object, with the values that `replacement` gives for a key's source in place of its own.
    func bytes(replacement: (ArraySlice<UInt8>) -> [UInt8]?) -> [UInt8] {
        var output: [UInt8] = [UInt8(ascii: "{")]
        for (position, entry) in entries.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            output += entry.key
            output.append(UInt8(ascii: ":"))
            output += replacement(entry.key[...]) ?? entry.value
        }
        output.append(UInt8(ascii: "}"))
        return output
    }
}
