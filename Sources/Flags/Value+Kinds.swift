import Platform

extension Value where Parsed == Bool {
    /// A switch; given, it is true.
    public static var `switch`: Value { Value(ValueSyntax()) { _ in true } }

    /// A switch with a `--no-` form that is false.
    public static var negatableSwitch: Value { Value(ValueSyntax(.negatable)) { $0 != Array("no".utf8) } }
}

extension Value where Parsed == Int {
    /// A whole decimal number.
    public static func integer(in range: ClosedRange<Int> = .min ... .max, name: String = "N") -> Value {
        let syntax = ValueSyntax(.required, name: name, requirement: RangeText.requirement(range))
        return Value(syntax) { bytes throws(BadValue) in
            if let value = Int(String(decoding: bytes, as: UTF8.self)) {
                if range.contains(value) { return value }
                throw BadValue("\(quoted: bytes) is \(own: RangeText.refusal(range))")
            }
            throw BadValue("\(quoted: bytes) \(isWhole(bytes) ? "does not fit into 64 bits" : "is not a whole number")")
        }
    }
}

/// Whether it is decimal digits, perhaps with a sign.
private func isWhole(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.dropFirst(bytes.first.map("+-".utf8.contains) == true ? 1 : 0)
    return !digits.isEmpty && digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
}

extension Value where Parsed == Double {
    /// A finite decimal number.
    public static func number(in range: ClosedRange<Double>, name: String = "X") -> Value {
        let limits = RangeText.limits(range)
        return Value(ValueSyntax(.required, name: name, requirement: "range: \(limits)")) { bytes throws(BadValue) in
            let isDecimal = bytes.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
            guard isDecimal, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
                throw BadValue("\(quoted: bytes) is not a number")
            }
            guard range.contains(value) else { throw BadValue("\(quoted: bytes) is not in \(own: limits)") }
            return value
        }
    }
}

extension Value where Parsed == Duration {
    /// A positive time: seconds, or with a unit `ms`, `s`, `m` or `h`; at most 1,000 hours.
    public static var duration: Value {
        let syntax = ValueSyntax(.required, name: "TIME", requirement: "such as 30s, 1.5m, 500ms")
        return Value(syntax) { bytes throws(BadValue) in
            let text = String(decoding: bytes, as: UTF8.self)
            let digits = text.prefix { "0123456789.".contains($0) }
            guard let unit = milliseconds(in: text.dropFirst(digits.count)), let number = Double(digits),
                number * unit > 0, number * unit <= 3_600_000_000
            else {
                throw BadValue("\(quoted: bytes) is not a time such as 30s, 1.5m or 500ms")
            }
            let (time, nearest) = (number * unit, (number * unit).rounded())
            // 0.07 s are 70 ms, and not the 71 that what binary fractions can't hold would round up to.
            let isExact = nearest > 0 && abs(time - nearest) <= nearest * 1e-12
            return .milliseconds(Int64(isExact ? nearest : time.rounded(.up)))
        }
    }

    private static func milliseconds(in unit: Substring) -> Double? {
        switch unit {
        case "", "s": 1000
        case "ms": 1
        case "m": 60_000
        case "h": 3_600_000
        default: nil
        }
    }
}

extension Value where Parsed == [UInt8] {
    /// Text, which must be UTF-8 and is otherwise taken as it is.
    ///
    /// - Parameters:
    ///   - isEmptyAllowed: whether the empty text is a value.
    ///   - offer: what completions offer.
    public static func text(
        name: String, isEmptyAllowed: Bool = false, offer: ValueSyntax.CompletionKind = .nothing
    ) -> Value {
        Value(ValueSyntax(.required, name: name, offer: offer)) { bytes throws(BadValue) in
            if let offset = UTF8Sequence.firstInvalidOffset(in: bytes) {
                throw BadValue("the text is not UTF-8 at byte \(offset)")
            }
            guard isEmptyAllowed || !bytes.isEmpty else { throw BadValue("'' is empty") }
            return bytes
        }
    }

    /// A file's path: any bytes, but not none.
    public static var file: Value {
        Value(ValueSyntax(.required, name: "FILE", offer: .files)) { bytes throws(BadValue) in
            guard !bytes.isEmpty else { throw BadValue("'' is not a file name") }
            return bytes
        }
    }
}

extension Value where Parsed == String? {
    /// One of a few names after an equals sign, or nothing.
    public static func optionalChoice(of choices: [NamedValue]) -> Value {
        let name = choices.map(\.name).joined(separator: "|")
        return Value(ValueSyntax(.optional, name: name, offer: .choices(choices))) { bytes throws(BadValue) in
            bytes.isEmpty ? nil : try NamedValue.match(bytes, among: choices)
        }
    }
}

extension Value where Parsed == String {
    /// One of a few names.
    public static func choice(of choices: [NamedValue], name: String) -> Value {
        Value(ValueSyntax(.required, name: name, offer: .choices(choices))) { bytes throws(BadValue) in
            try NamedValue.match(bytes, among: choices)
        }
    }
}

extension NamedValue {
    /// The name that the bytes are.
    fileprivate static func match(_ bytes: [UInt8], among choices: [NamedValue]) throws(BadValue) -> String {
        if let match = choices.first(where: { $0.name.utf8.elementsEqual(bytes) }) { return match.name }
        let names = choices.map(\.name).joined(separator: ", ")
        throw BadValue("\(quoted: bytes) is not one of \(own: names)")
    }
}

/// Ranges as they are written.
private enum RangeText {
    /// `range: 0..20`, `at least 1`, or nothing for a range without limits.
    static func requirement(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): ""
        case (let lower, .max): "at least \(lower)"
        case (.min, let upper): "at most \(upper)"
        case (let lower, let upper): "range: \(lower)..\(upper)"
        }
    }

    /// What a number outside the range is: `not in 0..20`, `less than 1`.
    static func refusal(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (let lower, .max): "less than \(lower)"
        case (.min, let upper): "more than \(upper)"
        case (let lower, let upper): "not in \(lower)..\(upper)"
        }
    }

    /// `0..1.5`, whole limits without a fraction.
    static func limits(_ range: ClosedRange<Double>) -> String {
        "\(number(range.lowerBound))..\(number(range.upperBound))"
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? value.description
    }
}
