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
    static func percent(_ logprob: Double) -> String {
        let percent = exp(logprob) * 100
        return percent < 0.005 && logprob > -.infinity ? "<0.01%" : format(percent, places: 2) + "%"
    }
}
