/// A probability as a bar of block characters, in eighths of a column.
enum ProbabilityBar {
    private static let partial = [
        "", "\u{258F}", "\u{258E}", "\u{258D}", "\u{258C}", "\u{258B}", "\u{258A}", "\u{2589}",
    ]

    /// Appends one as long as the probability's share of the columns; whatever is above 0 shows.
    static func append(_ probability: Double, columns: Int, to output: inout [UInt8]) {
        let eighths = Double(columns * 8)
        guard probability > 0 else { return }
        let length = Int(max(1, (min(probability, 1) * eighths).rounded()))
        for _ in 0..<length / 8 { output += "\u{2588}".utf8 }
        output += partial[length % 8].utf8
    }
}
