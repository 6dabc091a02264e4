import Testing

@testable import Rendering

@Suite("Surprise along the text")
struct SparklineTests {
    @Test("a bar for each token, as high as its share of the highest; nothing for an unknown one")
    func bars() {
        let svg = Sparkline(surprises: [4, nil, 2]).svg
        #expect(svg.contains(#"d="M0 100V0h1V100h1V50h1V100z""#))
        #expect(svg.contains("in bits: 3.00 on average, at most 4.00, at token 0."))
    }

    @Test("thousands of tokens make a few hundred bars, none of which hides a peak")
    func groups() {
        var surprises = [Double?](repeating: 0, count: 5000)
        surprises[4999] = 8
        let svg = Sparkline(surprises: surprises).svg
        #expect(svg.utf8.count < 5000 && svg.hasSuffix("</figure>\n") && svg.contains("V0h1V100z"))
    }

    @Test("little surprise is not blown up, and an infinite one has the height of all there is")
    func scale() {
        #expect(Sparkline(surprises: [0.1]).svg.contains("V90h1"))
        #expect(Sparkline(surprises: [.infinity, 2]).svg.contains("V0h1V0h1"))
    }

    @Test("there is no picture when nothing is known")
    func none() {
        #expect(Sparkline(surprises: [nil, nil]).svg.isEmpty && Sparkline(surprises: []).svg.isEmpty)
    }
}
