import JSON

/// Reads the fields of a request body and collects every problem instead of stopping at the first.
struct FieldReader {
    private let body: JSONView
    private(set) var problems: [String] = []
    /// Names of fields that were read; the others are unknown.
    private var known: Set<String> = []

    init(_ body: JSONView) {
        self.body = body
    }

    /// The names in the body that nothing read.
    var unknownNames: [String] {
        body.members.compactMap(\.key.string).filter { !known.contains($0) }
    }

    /// Notes a problem of a field.
    mutating func report(_ name: String, _ problem: String) {
        problems.append("body.\(name): \(problem)")
    }

    /// A field's value; nil when it is absent or null.
    mutating func value(_ name: StaticString) -> JSONView? {
        known.insert("\(name)")
        return body[name].flatMap { $0.isNull ? nil : $0 }
    }

    /// A whole number in a range.
    mutating func integer(_ name: StaticString, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(name) else { return nil }
        guard value.kind == .number, let number = value.integer else {
            report("\(name)", "must be an integer")
            return nil
        }
        guard range.contains(number) else {
            let isOpen = range.upperBound == .max
            let words = isOpen ? "\(range.lowerBound) or more" : "between \(range.lowerBound) and \(range.upperBound)"
            report("\(name)", "must be \(words)")
            return nil
        }
        return number
    }

    /// A number in a range.
    mutating func number(_ name: StaticString, in range: ClosedRange<Double>) -> Double? {
        guard let value = value(name) else { return nil }
        guard let number = value.double, number.isFinite else {
            report("\(name)", "must be a number")
            return nil
        }
        guard range.contains(number) else {
            report("\(name)", "must be between \(range.lowerBound) and \(range.upperBound)")
            return nil
        }
        return number
    }

    /// true or false.
    mutating func flag(_ name: StaticString) -> Bool {
        guard let value = value(name) else { return false }
        if value.kind != .bool { report("\(name)", "must be true or false") }
        return value.bool ?? false
    }

    /// A text of limited length, in characters.
    mutating func text(_ name: StaticString, length: ClosedRange<Int> = 0...Int.max) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else {
            report("\(name)", "must be a string")
            return nil
        }
        if !length.contains(text.unicodeScalars.count) {
            let words =
                length.upperBound == .max
                ? "must not be empty" : "must have \(length.lowerBound) to \(length.upperBound) characters"
            report("\(name)", words)
        }
        return text
    }
}
