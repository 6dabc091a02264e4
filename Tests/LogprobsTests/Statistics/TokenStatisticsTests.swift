import API
import Testing

@testable import Logprobs

@Suite("Statistics of a token")
struct TokenStatisticsTests {
    /// -ln 2, -ln 4, -ln 8.
    private static let (half, quarter, eighth) = ("-0.6931471805599453", "-1.3862943611198906", "-2.0794415416798357")

    private func weigh(
        _ token: String, _ logprob: String, among top: String, topCount: Int? = 2, vocabularySize: Int? = nil
    ) throws -> TokenStatistics {
        let logprobs = #"{"tokens":["\#(token)"],"token_logprobs":[\#(logprob)],"top_logprobs":[\#(top)]}"#
        let token = try #require(Tokens.read(logprobs).first)
        return TokenStatistics(token, topCount: topCount, vocabularySize: vocabularySize)
    }

    private func near(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) < 1e-12 } ?? false
    }

    @Test("probability and surprise come from the token's own log probability")
    func probability() throws {
        let token = try weigh("a", Self.quarter, among: "null")
        #expect(near(token.probability, 0.25) && near(token.surprise, 2))
        #expect(token.rank == nil && token.margin == nil && token.missingMass == nil && token.entropy == nil)
        let none = try weigh("a", "null", among: "null")
        #expect(none.probability == nil && none.surprise == nil)
        #expect(try weigh("a", "0", among: "null").surprise?.sign == .plus)
    }

    @Test("the margin is above 0 for the likeliest token, and below for any other")
    func margin() throws {
        let top = #"{"a":\#(Self.half),"b":\#(Self.quarter)}"#
        #expect(near(try weigh("a", Self.half, among: top).margin, 0.6931471805599453))
        #expect(near(try weigh("b", Self.quarter, among: top).margin, -0.6931471805599453))
        #expect(near(try weigh("z", Self.eighth, among: top).margin, -1.3862943611198906), "of one that is not listed")
        #expect(try weigh("a", Self.half, among: #"{"a":\#(Self.half)}"#).margin == nil, "no other is known")
        #expect(try weigh("a", Self.half, among: #"{"a":\#(Self.half),"b":null}"#).margin == nil)
    }

    @Test("the missing mass goes into as few tokens as hold it, or over all the others")
    func entropy() throws {
        // 1/2 and 1/8 are told; 3/8 is missing: three of 1/8 at least, 6 of 1/16 at most.
        let top = #"{"a":\#(Self.half),"b":\#(Self.eighth)}"#
        let token = try weigh("a", Self.half, among: top, vocabularySize: 8)
        #expect(near(token.missingMass, 0.375))
        #expect(near(token.entropy?.lower, 0.5 + 4 * 0.375) && near(token.entropy?.upper, 0.5 + 0.375 + 6 * 0.25))
        #expect(try weigh("a", Self.half, among: top).entropy?.upper == nil, "without the vocabulary's size")
        #expect(try weigh("a", Self.half, among: top, vocabularySize: 2).entropy?.upper == nil, "no room for the rest")
    }

    @Test("a remainder too small for a whole token counts as one of its own")
    func remainder() throws {
        // 1/4, 1/4 and the rest, 1/2, as two of 1/4; then 1/2, 1/4 and 1/4 as one.
        let even = #"{"a":\#(Self.quarter),"b":\#(Self.quarter)}"#
        #expect(near(try weigh("a", Self.quarter, among: even).entropy?.lower, 2))
        // 1/2 + 3/8 leaves 1/8, less than 3/8.
        let odd = #"{"a":\#(Self.half),"b":-0.9808292530117262}"#
        #expect(near(try weigh("a", Self.half, among: odd).entropy?.lower, 0.5 + 0.5306390622295665 + 0.375))
    }

    @Test("a sampled token outside of the top k is known too, and does not lower what the unknown ones can have")
    func outside() throws {
        // 1/4, 1/4 are the top two; 1/8 was sampled; 3/8 is missing: one of 1/4 and one of 1/8.
        let listed = #"{"a":\#(Self.quarter),"b":\#(Self.quarter),"z":\#(Self.eighth)}"#
        for top in [listed, #"{"a":\#(Self.quarter),"b":\#(Self.quarter)}"#] {
            let token = try weigh("z", Self.eighth, among: top, vocabularySize: 6)
            #expect(token.rank == .beyond(2) && near(token.missingMass, 0.375))
            #expect(near(token.entropy?.lower, 1 + 0.375 + 0.5 + 0.375))
            #expect(near(token.entropy?.upper, 1 + 0.375 + 0.375 * 3), "over three others")
        }
    }

    @Test("one that is listed without its log probability is known by its own")
    func listedWithoutNumber() throws {
        let token = try weigh("a", Self.half, among: #"{"a":null,"b":\#(Self.quarter)}"#)
        #expect(near(token.missingMass, 0.25) && near(token.margin, 0.6931471805599453))
    }

    @Test("nothing is missing when the sum is over 1")
    func overOne() throws {
        let token = try weigh("a", "0", among: #"{"a":0,"b":-20}"#, vocabularySize: 2)
        #expect(token.missingMass == 0)
        #expect(token.entropy.map { $0.lower == $0.upper && $0.lower >= 0 } == true)
        let rounded = try weigh("a", "1e-6", among: #"{"a":1e-6,"b":-9999}"#)
        #expect(rounded.entropy?.lower == 0, "no entropy is below 0, also where a probability was rounded to over 1")
    }

    @Test("a list of nothing but the sampled token, or of no probability, says nothing of the others")
    func nothingElse() throws {
        for top in [#"{"a":-4}"#, #"{"a":null,"b":null}"#, #"{"b":null}"#, "{}"] {
            let token = try weigh("a", "-4", among: top, vocabularySize: 9)
            #expect(token.rank == nil && token.missingMass == nil && token.entropy == nil && token.margin == nil)
            #expect(token.flags == token.flags.filter { $0 != .positive })
        }
        let asked = try weigh("a", Self.half, among: #"{"a":\#(Self.half)}"#, topCount: 1)
        #expect(asked.rank == .exactly(1) && near(asked.missingMass, 0.5))
    }

    @Test("a log probability above 0 is flagged, also an alternative's")
    func positive() throws {
        #expect(try weigh("a", "0.7", among: "null", topCount: nil).flags == [.positive])
        #expect(try weigh("a", "-1", among: #"{"a":-1,"b":1e-9}"#, topCount: nil).flags == [.positive])
        #expect(try weigh("a", "0", among: #"{"a":-0.0,"b":-1}"#, topCount: nil).flags.isEmpty)
        #expect(try weigh("a", "null", among: #"{"b":2,"c":-1}"#).flags == [.null, .unlisted, .positive])
    }

    @Test("probabilities too small for a Double do no harm")
    func tiny() throws {
        let token = try weigh("a", "-0.1", among: #"{"a":-0.1,"b":-9999}"#, vocabularySize: 4)
        let bounds = try #require(token.entropy)
        #expect(bounds.lower.isFinite && bounds.lower > 0 && bounds.upper.map { $0 > bounds.lower } == true)
        #expect(try weigh("b", "-9999", among: #"{"a":-0.1,"b":-9999}"#).probability == 0)
    }

    @Test("tokens that decode alike are reported as several, and each has its own probability")
    func duplicates() throws {
        let token = try weigh("\\ufffd", Self.quarter, among: #"{"\ufffd":\#(Self.half),"\ufffd":\#(Self.quarter)}"#)
        #expect(token.repeatedTexts == 1 && token.isPartial && token.sampledPlace == 1)
        #expect(near(token.missingMass, 0.25) && near(token.margin, -0.6931471805599453))
    }

    @Test("fewer than were asked for is said")
    func short() throws {
        #expect(try weigh("a", "-1", among: #"{"a":-1}"#, topCount: 2).isShort)
        #expect(try weigh("a", "-1", among: "null", topCount: 2).isShort)
        #expect(try !weigh("a", "-1", among: #"{"a":-1}"#, topCount: 1).isShort)
        #expect(try !weigh("a", "-1", among: #"{"a":-1}"#, topCount: nil).isShort)
    }

    @Test("a token without a text is the one listed with its probability, if only one is")
    func unnamed() throws {
        func weigh(_ top: String) throws -> TokenStatistics {
            let logprobs = #"{"token_logprobs":[\#(Self.half)],"top_logprobs":[\#(top)]}"#
            return TokenStatistics(try #require(Tokens.read(logprobs).first), topCount: 2)
        }
        let token = try weigh(#"{"12":\#(Self.half),"13":\#(Self.quarter)}"#)
        #expect(token.sampledPlace == 0 && near(token.missingMass, 0.25) && near(token.margin, 0.6931471805599453))
        #expect(try weigh(#"{"12":\#(Self.half),"13":\#(Self.half)}"#).sampledPlace == nil)
    }

    @Test("an ID distinguishes the sampled token from others that decode alike")
    func identifiers() throws {
        let chat =
            #"{"content":[{"id":7,"token":"x","logprob":-1,"top_logprobs":[{"id":3,"token":"x","logprob":-1},{"id":7,"token":"x","logprob":-1}]}]}"#
        let token = TokenStatistics(try #require(Tokens.read(chat).first), topCount: 2)
        #expect(token.token.id == 7 && token.sampledPlace == 1 && token.alternatives.map(\.id) == [3, 7])
    }
}
