import Platform

/// The surprisal along a text as a small picture with an axis: one bar for each token, or for each group of neighbors the
/// highest.
struct Sparkline {
    /// A picture has no more bars than this.
    private static let mostBars = 480

    /// Nor are a few bars drawn wider than if there were this many.
    private static let fewestBars = 48

    /// In bits, in the order of the text; NaN for a token of which none is known.
    let surprises: [Double]
    /// The bits at the axis's top, the same for every picture of a page; an even number.
    let top: Int
    /// The tokens along the axis if they are more than ``surprises``, as where texts are compared.
    var length = 0

    /// The top of an axis for values up to this, in bits: a number that is easily halved.
    static func top(for most: Double) -> Int {
        let most = min(max(most, 1), 4096)
        let steps = [2, 4, 8, 12, 16, 20, 24, 32, 48, 64]
        return steps.first { Double($0) >= most } ?? 2 * Int((most / 2).rounded(.up))
    }

    /// An element that reads as one image; empty when nothing is known.
    var html: String {
        let known = surprises.lazy.filter(\.isFinite)
        guard let most = known.max(), let place = surprises.firstIndex(of: most) else { return "" }
        let bars = bars(ceiling: Double(top))
        let mean = known.reduce(0, +) / Double(known.count { _ in true })
        let caption =
            "Surprisal along the text, in bits: \(Decimal.format(mean, places: 2)) on average, at most "
            + "\(Decimal.format(most, places: 2)), at token \(place)."
        let width = max((max(length, surprises.count) + group - 1) / group, Self.fewestBars)
        return """
            <figure><div class="chart"><div class="axis" aria-hidden="true"><span>\(top) bits</span><span>\(top / 2)</span>\
            <span>0</span></div><svg viewBox="0 0 \(width) 100" preserveAspectRatio="none" role="img" aria-label="\(caption)">\
            <path class="g" d="M0 50h\(width)"/><path d="\(path(bars))"/></svg></div>\
            <figcaption aria-hidden="true">\(caption)</figcaption></figure>

            """
    }

    /// How many tokens share a bar.
    private var group: Int { (max(length, surprises.count) + Self.mostBars - 1) / Self.mostBars }

    /// Heights from 0 to 100.
    private func bars(ceiling: Double) -> [Int] {
        return stride(from: 0, to: surprises.count, by: group).map { start in
            let highest = surprises[start..<min(start + group, surprises.count)].filter { !$0.isNaN }.max() ?? 0
            return Int((100 * min(1, max(0, highest / ceiling))).rounded())
        }
    }

    /// Steps from bar to bar, closed along the bottom.
    private func path(_ bars: [Int]) -> String {
        "M0 100" + bars.map { "V\(100 - $0)h1" }.joined() + "V100z"
    }
}
