import Testing

@testable import Rendering

@Suite("Bars of probability")
struct ProbabilityBarTests {
    private func draw(_ probability: Double, columns: Int) -> String {
        var bar: [UInt8] = []
        ProbabilityBar.append(probability, columns: columns, to: &bar)
        return String(decoding: bar, as: UTF8.self)
    }

    @Test("a bar is as long as its share, in eighths of a column")
    func eighths() {
        #expect(draw(1, columns: 3) == "███")
        #expect(draw(0.5, columns: 2) == "█")
        #expect(draw(0.75, columns: 2) == "█▌")
        #expect((1...7).map { draw(Double($0) / 8, columns: 1) } == ["▏", "▎", "▍", "▌", "▋", "▊", "▉"])
    }

    @Test("nothing shows for 0 alone, and nothing is longer than whole")
    func ends() {
        #expect(draw(0, columns: 4) == "")
        #expect(draw(1e-9, columns: 4) == "▏")
        #expect(draw(7, columns: 4) == "████")
    }
}
