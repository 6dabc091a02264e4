import Foundation
import Testing

@testable import Rendering

@Suite("Steps of probability")
struct LikelihoodTests {
    @Test(
        "a step begins at its least probability",
        arguments: [
            (1, Likelihood.certain), (0.91, .certain), (0.89, .likely), (0.51, .likely), (0.49, .possible),
            (0.11, .possible), (0.09, .unlikely), (0.02, .unlikely), (0.009, .remote), (1e-300, .remote),
        ])
    func steps(probability: Double, likelihood: Likelihood) {
        #expect(Likelihood(logprob: log(probability)) == likelihood)
    }

    @Test("a log probability just over 0 is certain, an infinite one remote")
    func edges() {
        #expect(Likelihood(logprob: 1e-9) == .certain)
        #expect(Likelihood(logprob: -.infinity) == .remote)
    }

    @Test("text is painted between a sequence and its end, or left as it is")
    func paint() {
        let paint = Paint(ColorSupport(depth: .basic, hasAttributes: true))
        #expect(paint.heat("a", .remote) == "\u{1B}[41;97ma\u{1B}[0m" && paint.heat("", .remote).isEmpty)
        #expect(paint.heat("a", .certain) == "a")
        #expect(paint.dim("a") == "\u{1B}[2ma\u{1B}[0m" && paint.underline("a") == "\u{1B}[4ma\u{1B}[0m")
        let plain = Paint(.plain)
        #expect(plain.heat("a", .remote) == "a" && plain.bold("a") == "a" && !plain.hasColor)
    }
}
