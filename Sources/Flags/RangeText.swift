/// Ranges in words.
enum RangeText {
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
