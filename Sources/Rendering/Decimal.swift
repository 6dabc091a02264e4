import Platform

/// Numbers with a fixed count of decimals, without locale.
public enum Decimal {
    /// `-3.3913`; what has no such form (infinite, or over 10^12) as Swift spells it.
    public static func format(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
        guard value.isFinite, abs(value) < 1e12 else { return value.description }
        let scaled = Int((abs(value) * scale).rounded())
        let whole = String(scaled / Int(scale))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + whole }
        let fraction = String(scaled % Int(scale))
        return sign + whole + "." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// A log probability as percent: `3.37%`, `<0.01%` for what would round to nothing.
    public static func percent(_ logprob: Double, places: Int = 2) -> String {
        percent(ofProbability: Double.exp(logprob), isNone: logprob == -.infinity, places: places)
    }

    /// A probability as percent, likewise.
    static func percent(ofProbability probability: Double) -> String {
        percent(ofProbability: probability, isNone: probability <= 0, places: 2)
    }

    private static func percent(ofProbability probability: Double, isNone: Bool, places: Int) -> String {
        let least = (0..<places).reduce(1.0) { power, _ in power / 10 }
        let percent = probability * 100
        return percent < least / 2 && !isNone
            ? "<\(format(least, places: places))%" : format(percent, places: places) + "%"
    }
}
