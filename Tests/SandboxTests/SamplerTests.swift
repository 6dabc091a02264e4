import Testing

@testable import Sandbox

@Suite("Sampler")
struct SamplerTests {
    private let probabilities = [0.1, 0.4, 0.4, 0.1]

    private func parameters(_ change: (inout Parameters) -> Void) -> Parameters {
        var parameters = Parameters()
        change(&parameters)
        return parameters
    }

    private func draws(_ count: Int, excluding excluded: Int? = nil, _ change: (inout Parameters) -> Void) -> [Int] {
        var sampler = Sampler(parameters(change), generator: SeededGenerator(seed: 11))
        return (0..<count).map { _ in sampler.draw(from: probabilities, excluding: excluded) }
    }

    @Test("At temperature 0 the likeliest token comes, the lowest of equals")
    func greedy() {
        #expect(draws(5) { $0.temperature = 0 } == [1, 1, 1, 1, 1])
    }

    @Test("At temperature 1 tokens come as often as they are likely")
    func frequencies() {
        let drawn = draws(20_000) { _ in }
        for (token, probability) in probabilities.enumerated() {
            let share = Double(drawn.count { $0 == token }) / 20_000
            #expect(abs(share - probability) < 0.02)
        }
    }

    @Test("A low temperature leaves the likely, a high one brings the unlikely")
    func temperature() {
        #expect(Set(draws(500) { $0.temperature = 0.05 }) == [1, 2])
        let drawn = draws(20_000) { $0.temperature = 2 }
        #expect(drawn.count { $0 == 0 || $0 == 3 } > 20_000 / 4)
    }

    @Test(
        "The nucleus is the likeliest tokens that reach the share, at least one",
        arguments: [
            (0.0, [1]), (0.3, [1]), (0.4, [1]), (0.5, [1, 2]), (0.8, [1, 2]), (0.85, [0, 1, 2]), (1.0, [0, 1, 2, 3]),
        ])
    func nucleus(share: Double, tokens: [Int]) {
        #expect(Set(draws(500) { $0.topP = share }).sorted() == tokens)
    }

    @Test("A bias makes a token certain or impossible")
    func bias() {
        #expect(Set(draws(200) { $0.logitBias = [3: 100] }) == [3])
        #expect(!draws(500) { $0.logitBias = [1: -100] }.contains(1))
    }

    @Test("Penalties turn to tokens that have not come yet")
    func penalties() {
        let once = draws(4) {
            $0.temperature = 0
            $0.presencePenalty = 2
        }
        #expect(once == [1, 2, 0, 3])
        let more = draws(6) {
            $0.temperature = 0
            $0.frequencyPenalty = 1
        }
        #expect(more == [1, 2, 1, 2, 0, 3])
    }

    @Test("What is excluded never comes", arguments: [0.0, 1.0])
    func exclusion(temperature: Double) {
        #expect(!draws(500, excluding: 1) { $0.temperature = temperature }.contains(1))
    }

    @Test("The generator gives the published numbers of SplitMix64")
    func generator() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
