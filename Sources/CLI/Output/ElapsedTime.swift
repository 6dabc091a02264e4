import Rendering

/// Times as people say them.
enum ElapsedTime {
    /// `0.4 ms`, `7 ms`, `1.25 s`, `12.5 s`, `2m 5s`, `23h 56m`, `3d 2h`; a negative one is none.
    static func text(_ seconds: Double) -> String {
        let seconds = seconds.isFinite ? min(max(0, seconds), 1e15) : 0
        switch seconds {
        case 0: return "0 s"
        case ..<0.00995: return "\(Decimal.format(seconds * 1000, places: seconds < 0.00095 ? 1 : 0)) ms"
        case ..<0.9995: return "\(Decimal.format(seconds * 1000, places: 0)) ms"
        case ..<60 where seconds == seconds.rounded(): return "\(Int(seconds)) s"
        case ..<9.995: return "\(Decimal.format(seconds, places: 2)) s"
        case ..<59.95: return "\(Decimal.format(seconds, places: 1)) s"
        default: return parts(Int(seconds.rounded()))
        }
    }

    /// The two largest units; the second is left out when there is none of it.
    private static func parts(_ seconds: Int) -> String {
        let units = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")]
        let first = units.firstIndex { seconds >= $0.0 } ?? 3
        var text = "\(seconds / units[first].0)\(units[first].1)"
        if first < 3 {
            let rest = seconds % units[first].0 / units[first + 1].0
            if rest > 0 { text += " \(rest)\(units[first + 1].1)" }
        }
        return text
    }
}
