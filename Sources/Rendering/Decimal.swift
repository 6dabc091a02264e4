import Platform

/// Numbers with a fixed count of decimals, without locale.
public enum Decimal {
    /// `-3.3913`; what has no such form (infinite, or over 10^12) as Swift spells it.
    public static func format(_ value: Double, places: Int) -> String {
        String(bytes: { append(value, places: places, to: &$0) })
    }

    /// A log probability as percent: `3.37%`, `<0.01%` for what would round to nothing.
    public static func percent(_ logprob: Double, places: Int = 2) -> String {
        String(bytes: { append(percent: logprob, places: places, to: &$0) })
    }

    /// Appends what ``format(_:places:)`` gives.
    static func append(_ value: Double, places: Int, to output: inout [UInt8]) {
        guard value.isFinite, abs(value) < 1e12 else {
            output += value.description.utf8
            return
        }
        let scale = (0..<places).reduce(1) { power, _ in power * 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        if value < 0, scaled > 0 { output.append(UInt8(ascii: "-")) }
        output.append(decimal: scaled / scale)
        guard places > 0 else { return }
        output.append(UInt8(ascii: "."))
        output.append(decimal: scaled % scale, width: places)
    }

    /// Appends what ``percent(_:places:)`` gives.
    static func append(percent logprob: Double, places: Int = 2, to output: inout [UInt8]) {
        append(percentOf: Double.exp(logprob), isNone: logprob == -.infinity, places: places, to: &output)
    }

    /// Appends a probability as percent, likewise.
    static func append(percentOf probability: Double, to output: inout [UInt8]) {
        append(percentOf: probability, isNone: probability <= 0, places: 2, to: &output)
    }

    private static func append(
        percentOf probability: Double, isNone: Bool, places: Int, to output: inout [UInt8]
    ) {
        let least = (0..<places).reduce(1.0) { power, _ in power / 10 }
        let percent = probability * 100
        let isTooSmall = percent < least / 2 && !isNone
        if isTooSmall { output.append(UInt8(ascii: "<")) }
        append(isTooSmall ? least : percent, places: places, to: &output)
        output.append(UInt8(ascii: "%"))
    }
}

extension String {
    /// The text that a function appends as UTF-8.
    init(bytes write: (inout [UInt8]) -> Void) {
        var output: [UInt8] = []
        write(&output)
        self.init(decoding: output, as: UTF8.self)
    }
}
