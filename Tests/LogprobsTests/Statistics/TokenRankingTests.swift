import API
import Testing

@testable import Logprobs

@Suite("Ranks")
struct TokenRankingTests {
    /// A token with its log probability among those that are listed.
    private func ranking(_ token: String, _ value: String, among top: String, topCount: Int? = 5) -> TokenRanking? {
        let reply =
            #"{"choices":[{"text":"","logprobs":{"tokens":[\#(token)],"token_logprobs":[\#(value)],"top_logprobs":[\#(top)]}}]}"#
        var decoder = ReplyDecoder()
        for case .chunk(let chunk) in decoder.feed(Array(reply.utf8)[...]) + decoder.finish() {
            return chunk.choices.first?.tokens.first.map { TokenRanking($0, topCount: topCount) }
        }
        return nil
    }

    private static let five = #"{"a":-1,"b":-2,"c":-3,"d":-4,"e":-5}"#

    @Test("ranks count from the likeliest, whatever the server's order")
    func order() {
        #expect(ranking(#""a""#, "-0.1", among: #"{"a":-0.1,"b":-3}"#)?.rank == .exactly(1))
        #expect(ranking(#""b""#, "-3", among: #"{"b":-3,"a":-0.1}"#)?.rank == .exactly(2))
        #expect(ranking(#""e""#, "-5", among: Self.five)?.rank == .exactly(5))
        let best = ranking(#""c""#, "-3", among: #"{"c":-3,"d":null,"a":-1,"b":-2}"#)?.best
        #expect(best?.map { String(decoding: $0.text, as: UTF8.self) } == ["a", "b", "c", "d"])
    }

    @Test("one that the server added to the asked for number is outside of it")
    func outside() {
        #expect(ranking(#""z""#, "-9", among: #"{"a":-1,"b":-2,"c":-3,"d":-4,"e":-5,"z":-9}"#)?.rank == .beyond(5))
        #expect(ranking(#""z""#, "-9", among: #"{"a":-1,"z":-9}"#, topCount: 1)?.rank == .beyond(1))
    }

    @Test("a server that lists more than was requested says more")
    func moreThanAsked() {
        #expect(ranking(#""c""#, "-3", among: Self.five, topCount: 1)?.rank == .exactly(3))
        #expect(
            ranking(#""e""#, "-5", among: Self.five, topCount: 1)?.rank == .beyond(4), "it may have been added to four")
        #expect(ranking(#""e""#, "-5", among: Self.five, topCount: nil)?.rank == .exactly(5))
    }

    @Test("of one that is not listed, its probability says what can be said")
    func notListed() {
        #expect(ranking(#""z""#, "-9", among: Self.five)?.rank == .beyond(5))
        #expect(ranking(#""z""#, "-2.5", among: Self.five)?.rank == .exactly(3))
        #expect(ranking(#""z""#, "-9", among: #"{"a":-1,"b":-2}"#)?.rank == .beyond(2), "no more than was listed")
        #expect(ranking(#""z""#, "-9", among: Self.five)?.sampledPlace == nil)
    }

    @Test("all that are listed are the likeliest when the sampled one is none of them, however few were requested")
    func fewerAsked() {
        for asked in [0, 1, 4, 5, 20, nil] {
            #expect(ranking(#""z""#, "-9", among: Self.five, topCount: asked)?.rank == .beyond(5))
        }
        #expect(ranking(#""z""#, "-9", among: #"{"a":-1,"b":null}"#)?.rank == .beyond(2), "what is listed comes first")
    }

    @Test("a list of nothing but the sampled token, or of no probability, gives no rank, unless one was requested")
    func nothingElse() {
        for asked in [0, 2, 5, nil] {
            #expect(ranking(#""a""#, "-4", among: #"{"a":-4}"#, topCount: asked).map { $0.rank == nil } == true)
            #expect(ranking(#""z""#, "-9", among: #"{"a":null,"b":null}"#, topCount: asked)?.topCount == 0)
            #expect(ranking(#""a""#, "-9", among: #"{"a":null,"b":null}"#, topCount: asked)?.topCount == 0)
        }
        #expect(ranking(#""a""#, "-4", among: #"{"a":-4}"#, topCount: 1)?.rank == .exactly(1))
        #expect(ranking(#""z""#, "-9", among: #"{"a":null,"b":null}"#).map { $0.rank == nil } == true)
        #expect(ranking(#""z""#, "-9", among: #"{"a":-4}"#, topCount: 0)?.rank == .beyond(1))
    }

    @Test("one that is listed without its log probability is ranked by its own")
    func listedWithoutNumber() {
        #expect(ranking(#""z""#, "-0.5", among: #"{"a":-1,"z":null}"#)?.rank == .exactly(1))
    }

    @Test("what is not known has no rank")
    func unknown() {
        #expect(ranking(#""a""#, "null", among: Self.five).map { $0.rank == nil } == true)
        #expect(ranking(#""a""#, "-1", among: "null").map { $0.rank == nil } == true)
        #expect(ranking(#""a""#, "-1", among: "{}", topCount: 0).map { $0.rank == nil } == true)
    }

    @Test("of several that decode alike, the nearest probability marks the sampled one")
    func duplicates() {
        let ranking = ranking(#""\ufffd""#, "-2.01", among: #"{"\ufffd":-1,"\ufffd":-2,"a":-3,"\ufffd":-4}"#)
        #expect(ranking?.rank == .exactly(2) && ranking?.sampledPlace == 1 && ranking?.best.count == 4)
    }

    @Test("without a probability of its own the sampled one may be the last of those that decode alike")
    func unknownDuplicate() {
        let top = #"{"\ufffd":-1,"a":-3,"\ufffd":-4}"#
        #expect(ranking(#""\ufffd""#, "null", among: top, topCount: 2)?.topCount == 2)
        #expect(ranking(#""a""#, "null", among: top, topCount: 2)?.topCount == 3)
    }

    @Test("a part of a character with quite another probability is another token")
    func otherPart() {
        let other = ranking(#""\ufffd""#, "-2", among: #"{"\ufffd":-1,"a":-1.5,"b":-3}"#)
        #expect(other.map { $0.sampledPlace == nil } == true && other?.rank == .exactly(3))
        #expect(ranking(#""a""#, "-2", among: #"{"a":-1,"b":-3}"#)?.sampledPlace == 0, "a whole one is not")
    }

    @Test("equally likely ones stand in the server's order")
    func ties() {
        #expect(ranking(#""b""#, "-1", among: #"{"a":-1,"b":-1,"c":-1}"#)?.rank == .exactly(2))
    }

    @Test("texts are compared by bytes")
    func bytes() {
        let ranking = ranking("\"e\u{301}\"", "-2", among: "{\"\u{e9}\":-1,\"e\u{301}\":-2}")
        #expect(ranking?.sampledPlace == 1 && ranking?.rank == .exactly(2))
    }
}
