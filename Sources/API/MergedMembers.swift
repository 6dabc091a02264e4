import JSON
import Platform

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
    /// Where the next key is looked for first, since parts have the same keys in the same order.
    private var expected = 0

    var isEmpty: Bool { entries.isEmpty }

    /// How many keys have come.
    var count: Int { entries.count }

    /// A key as spelled in quotes; without its escapes if it is one of these names, which thus are one key each.
    static func spelling(of key: JSONView, plain names: [StaticString]) -> ArraySlice<UInt8> {
        guard key.source.contains(UInt8(ascii: "\\")), let bytes = key.stringBytes else { return key.source }
        guard names.contains(where: { key.hasString($0) }) else { return key.source }
        var spelling: [UInt8] = []
        JSONString.append(bytes, to: &spelling)
        return spelling[...]
    }

    /// The place of a key, from 0 in the order in which they came; nil for a new one.
    mutating func place(of key: ArraySlice<UInt8>) -> Int? {
        if expected >= entries.count { expected = 0 }
        if entries.isEmpty || entries[expected].key[...] != key {
            guard let place = places[Array(key)] else { return nil }
            expected = place
        }
        defer { expected += 1 }
        return expected
    }

    /// Adds a new key.
    mutating func add(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        places[Array(key)] = entries.count
        entries.append((Array(key), Array(value)))
        expected = entries.count
    }

    /// Takes another value of the key at a place.
    mutating func update(_ place: Int, _ value: ArraySlice<UInt8>, prefer preference: Preference) {
        guard preference == .last || entries[place].value.elementsEqual("null".utf8) else { return }
        guard !value.elementsEqual("null".utf8), !value.elementsEqual("\"\"".utf8) else { return }
        if entries[place].value[...] == value { return }
        entries[place].value.removeAll(keepingCapacity: true)
        entries[place].value += value
    }

    /// Takes a key's value.
    mutating func merge(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, prefer preference: Preference) {
        if let place = place(of: key) { update(place, value, prefer: preference) } else { add(key, value) }
    }

    /// Appends the object to an output.
    ///
    /// - Parameter replace: appends what stands in place of the value at a place, and returns whether more is wanted; nil when
    ///   the value stands.
    /// - Returns: whether more is wanted.
    func write(to output: inout [UInt8], replace: (Int, inout [UInt8]) -> Bool?) -> Bool {
        output.append(UInt8(ascii: "{"))
        for (place, entry) in entries.enumerated() {
            if place > 0 { output.append(UInt8(ascii: ",")) }
            output += entry.key
            output.append(UInt8(ascii: ":"))
            if let isWanted = replace(place, &output) {
                guard isWanted else { return false }
            } else {
                output += entry.value
            }
        }
        output.append(UInt8(ascii: "}"))
        return true
    }
}
