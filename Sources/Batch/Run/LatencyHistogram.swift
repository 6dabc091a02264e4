import Platform

/// How long requests took, counted so that any share of them can be asked for, within 3 % and in memory that does not grow.
public struct LatencyHistogram: Sendable {
    /// Cells for each doubling of the time.
    private static let resolution = 24.0
    /// The first cell is for a microsecond and less, the last for 12 days and more.
    private static let cellCount = 40 * Int(resolution)

    private var cells = [Int](repeating: 0, count: cellCount)
    /// How many were counted.
    public private(set) var count = 0

    /// Nothing yet.
    public init() {}

    /// Counts a time.
    public mutating func add(seconds: Double) {
        let place = Double.log2(max(1, seconds * 1e6)) * Self.resolution
        cells[min(Self.cellCount - 1, Int(place.rounded()))] += 1
        count += 1
    }

    /// The time in seconds that this share of all did not exceed; nil where nothing was counted.
    ///
    /// - Parameter share: more than 0, up to 1.
    public func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (place, cell) in cells.enumerated() {
            seen += cell
            if seen >= rank { return Double.exp2(Double(place) / Self.resolution) / 1e6 }
        }
        return nil
    }
}
