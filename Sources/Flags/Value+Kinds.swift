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
        let requirement = "a whole number" + RangeText.describe(range)
        return Value(ValueSyntax(.required, name: name, requirement: requirement)) { bytes throws(BadValue) in
            let value = Int(String(decoding: bytes, as: UTF8.self))
            if let value, range.contains(value) { return value }
            let isTooLong = value == nil && range.upperBound == .max && isWhole(bytes)
            let problem: Message = isTooLong ? "does not fit into 64 bits" : "is not \(own: requirement)"
            throw BadValue("\(quoted: bytes) \(problem)")
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
        let requirement = "a number" + RangeText.describe(range)
        return Value(ValueSyntax(.required, name: name, requirement: requirement)) { bytes throws(BadValue) in
            let isDecimal = bytes.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
            guard isDecimal, let value = Double(String(decoding: bytes, as: UTF8.self)), range.contains(value) else {
                throw BadValue("\(quoted: bytes) is not \(own: requirement)")
            }
            return value
        }
    }
}

extension Value where Parsed == Duration {
    /// A positive time: seconds, or with a unit `ms`, `s`, `m` or `h`; at most 1,000 hours.
    public static var duration: Value {
        let requirement = "a time such as 30, 1.5s or 2m"
        let syntax = ValueSyntax(.required, name: "SECONDS", requirement: requirement)
        return Value(syntax) { bytes throws(BadValue) in
            let text = String(decoding: bytes, as: UTF8.self)
            let digits = text.prefix { "0123456789.".contains($0) }
            guard let unit = milliseconds(in: text.dropFirst(digits.count)), let number = Double(digits),
                number * unit > 0, number * unit <= 3_600_000_000
            else {
                throw BadValue("\(quoted: bytes) is not \(own: requirement)")
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
    public static func optionalChoice(of names: [String]) -> Value {
        let requirement = "one of " + names.joined(separator: ", ")
        let syntax = ValueSyntax(
            .optional, name: names.joined(separator: "|"), requirement: "", offer: .choices(names))
        return Value(syntax) { bytes throws(BadValue) in
            if bytes.isEmpty { return nil }
            if let match = names.first(where: { Array($0.utf8) == bytes }) { return match }
            throw BadValue("\(quoted: bytes) is not \(own: requirement)")
        }
    }
}

extension Value where Parsed == String {
    /// One of a few names.
    public static func choice(of names: [String], name: String) -> Value {
        let requirement = "one of " + names.joined(separator: ", ")
        let syntax = ValueSyntax(.required, name: name, requirement: requirement, offer: .choices(names))
        return Value(syntax) { bytes throws(BadValue) in
            if let match = names.first(where: { Array($0.utf8) == bytes }) { return match }
            throw BadValue("\(quoted: bytes) is not \(own: requirement)")
        }
    }
}

/// Ranges in words.
private enum RangeText {
    /// ` from 0 to 20`, ` of 1 or more`, or nothing for a range without limits.
    static func describe(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): ""
        case (let lower, .max): ", \(lower) or more"
        case (.min, let upper): ", \(upper) or less"
        case (let lower, let upper): " from \(lower) to \(upper)"
        }
    }

    /// ` from 0 to 1.5`, whole limits without a fraction.
    static func describe(_ range: ClosedRange<Double>) -> String {
        " from \(number(range.lowerBound)) to \(number(range.upperBound))"
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { String($0) } ?? value.description
    }
}
