import Testing

@testable import Rendering

@Suite("Surprisal along the text")
struct SparklineTests {
    @Test("a bar for each token, as high as its share of the highest; nothing for an unknown one")
    func bars() {
        let svg = Sparkline(surprises: [4, .nan, 2], top: 4).html
        #expect(svg.contains(#"d="M0 100V0h1V100h1V50h1V100z""#))
        #expect(svg.contains("<span>4 bits</span><span>2</span><span>0</span>"))
        #expect(svg.contains("in bits: 3.00 on average, at most 4.00, at token 0."))
    }

    @Test("thousands of tokens make a few hundred bars, none of which hides a peak")
    func groups() {
        var surprises = [Double](repeating: 0, count: 5000)
        surprises[4999] = 8
        let svg = Sparkline(surprises: surprises, top: 8).html
        #expect(svg.utf8.count < 5000 && svg.hasSuffix("</figure>\n") && svg.contains("V0h1V100z"))
    }

    @Test("a scale ends at a number that is easily halved; an infinite surprisal has the height of all there is")
    func scale() {
        #expect([0, 0.3, 2, 2.1, 7.9, 13, 100, .infinity].map(Sparkline.top) == [2, 2, 2, 4, 8, 16, 100, 4096])
        #expect(Sparkline(surprises: [.infinity, 2], top: 2).html.contains("V0h1V0h1"))
        #expect(Sparkline(surprises: [1], top: 8).html.contains("V87h1"))
    }

    @Test("there is no picture when nothing is known")
    func none() {
        #expect(
            Sparkline(surprises: [.nan, .nan], top: 2).html.isEmpty && Sparkline(surprises: [], top: 2).html.isEmpty)
    }
}
