import Flags
import Platform

/// A way to misbehave, and for how long: what `--fault NAME=VALUE:COUNT` says.
struct Fault: Sendable {
    /// What it does to a response.
    let effect: FaultKind.Effect
    /// How many requests it meets, from the first on; nil for all.
    let count: Int?

    /// Reads a SPEC: `NAME` or `NAME=VALUE`, and perhaps `:COUNT`.
    ///
    /// - Throws: ``BadValue`` that says what would be right.
    init(_ spec: [UInt8]) throws(BadValue) {
        let name = Array(spec.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") })
        guard let kind = FaultKind.named(name) else {
            let names = FaultKind.all.map(\.name).joined(separator: ", ")
            throw BadValue("\(quoted: name) is not one of \(own: names)")
        }
        let (value, count) = Self.split(spec.dropFirst(name.count), of: kind)
        guard kind.takesValue == value.starts(with: "=".utf8) else {
            throw BadValue(
                kind.takesValue
                    ? "\(own: kind.name) needs a value, as in \(own: kind.usage)" : "\(own: kind.name) takes no value")
        }
        do throws(BadValue) {
            effect = try kind.effect(of: Array(value.dropFirst()))
            self.count = try count.map(Self.readCount)
        } catch {
            throw BadValue("\(own: kind.name): \(error.problem)")
        }
    }

    /// The value with its equals sign, and the count, if there is one: a number after the last colon. That of a URL
    /// which has no path is a port.
    private static func split(
        _ rest: ArraySlice<UInt8>, of kind: FaultKind
    ) -> (value: ArraySlice<UInt8>, count: ArraySlice<UInt8>?) {
        guard let colon = rest.lastIndex(of: UInt8(ascii: ":")) else { return (rest, nil) }
        let (value, count) = (rest[..<colon], rest[(colon + 1)...])
        let isNumber = !count.isEmpty && count.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber || !kind.takesValue else { return (rest, nil) }
        let authority = value.firstRange(of: "://".utf8).map { value[$0.upperBound...] }
        if kind.takesURL, let authority, !authority.contains(UInt8(ascii: "/")) { return (rest, nil) }
        return (value, count)
    }

    private static func readCount(_ digits: ArraySlice<UInt8>) throws(BadValue) -> Int {
        guard let count = Int(String(decoding: digits, as: UTF8.self)), count > 0 else {
            throw BadValue("\(quoted: digits) is not a count of requests from 1 on")
        }
        return count
    }
}
