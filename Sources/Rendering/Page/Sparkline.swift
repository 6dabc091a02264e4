/// The surprise along a text as a small picture: one bar for each token, or for each group of neighbors the highest.
struct Sparkline {
    /// A picture has no more bars than this.
    private static let mostBars = 480

    /// Nor are a few bars drawn wider than if there were this many.
    private static let fewestBars = 48

    /// In bits, in the order of the text; nil for a token of which none is known.
    let surprises: [Double?]

    /// An SVG element that reads as one image; empty when nothing is known.
    var svg: String {
        let known = surprises.compactMap(\.self).filter(\.isFinite)
        guard let most = known.max(), let place = surprises.firstIndex(of: most) else { return "" }
        let top = max(most, 1)
        let bars = bars(ceiling: top)
        let mean = known.reduce(0, +) / Double(known.count)
        let words =
            "Surprise along the text, in bits: \(Decimal.format(mean, places: 2)) on average, at most "
            + "\(Decimal.format(most, places: 2)), at token \(place)."
        return """
            <figure><svg viewBox="0 0 \(max(bars.count, Self.fewestBars)) 100" preserveAspectRatio="none" role="img" aria-label="\(words)">\
            <path d="\(path(bars))"/></svg><figcaption aria-hidden="true">\(words)</figcaption></figure>

            """
    }

    /// Heights from 0 to 100.
    private func bars(ceiling: Double) -> [Int] {
        let group = (surprises.count + Self.mostBars - 1) / Self.mostBars
        return stride(from: 0, to: surprises.count, by: group).map { start in
            let highest = surprises[start..<min(start + group, surprises.count)].compactMap(\.self).max() ?? 0
            return Int((100 * min(1, max(0, highest / ceiling))).rounded())
        }
    }

    /// Steps from bar to bar, closed along the bottom.
    private func path(_ bars: [Int]) -> String {
        "M0 100" + bars.map { "V\(100 - $0)h1" }.joined() + "V100z"
    }
}
