import API
import Testing

@testable import Rendering

@Suite("Rows of tokens")
struct TokenRowTests {
    private func row(_ logprobs: String, topCount: Int? = 5) -> TokenRow {
        let reply = #"{"choices":[{"index":0,"text":"","finish_reason":"stop","logprobs":\#(logprobs)}]}"#
        var decoder = ReplyDecoder()
        for case .chunk(let chunk) in decoder.feed(Array(reply.utf8)[...]) + decoder.finish() {
            if let token = chunk.choices[0].tokens.first { return TokenRow(token, position: 0, topCount: topCount) }
        }
        return TokenRow(unweighed: "", position: -1)
    }

    private func row(_ token: String, _ value: String, top: String, topCount: Int? = 5) -> TokenRow {
        row(#"{"tokens":[\#(token)],"token_logprobs":[\#(value)],"top_logprobs":[\#(top)]}"#, topCount: topCount)
    }

    @Test func ranksCountFromTheLikeliest() {
        #expect(row(#""a""#, "-0.1", top: #"{"a":-0.1,"b":-3}"#).rank == "1")
        #expect(row(#""b""#, "-3", top: #"{"b":-3,"a":-0.1}"#).rank == "2", "the server's order does not matter")
        #expect(row(#""z""#, "-9", top: #"{"a":-1,"b":-2,"c":-3,"d":-4,"e":-5,"z":-9}"#).rank == ">5")
        #expect(row(#""e""#, "-5", top: #"{"a":-1,"b":-2,"c":-3,"d":-4,"e":-5}"#).rank == "5")
        #expect(row(#""z""#, "-9", top: #"{"a":-1,"b":-2}"#).rank == ">2", "not listed at all")
        #expect(row(#""z""#, "-1.5", top: #"{"a":-1,"b":-2}"#).rank == "2", "not listed, but between two that are")
    }

    @Test func whatIsNotKnownIsADash() {
        let first = row(#""It""#, "null", top: "null")
        #expect(
            [first.logprob, first.probability, first.rank, first.offset] == ["-", "-", "-", "-"]
                && first.alternatives == [])
        #expect(row("null", "-1", top: "{}").token == "-")
    }

    @Test func keysThatDecodeAlikeStayApart() {
        let split = row(#""\ufffd""#, "-2", top: #"{"\ufffd":-1,"\ufffd":-2,"a":-3}"#)
        #expect(split.alternatives.count == 3 && split.rank == "2")
        #expect(split.alternatives.filter { $0.hasPrefix("*") }.count == 1 && split.alternatives[1].hasPrefix("*"))
    }

    @Test func theChatShapeIsReadByItsBytes() {
        let chat = row(
            #"{"content":[{"token":"�","id":7,"bytes":[240,159],"logprob":-0.5,"top_logprobs":[{"token":"x","bytes":[120],"logprob":-2}]}]}"#
        )
        #expect(chat.token == #""\xf0\x9f""# && chat.logprob == "-0.5000" && chat.alternatives == [#""x" 13.53%"#])
    }

    @Test func tokensAreVisible() {
        for (bytes, expected) in [
            (" a b", #"" a b""#), ("\n\t\r", #""\n\t\r""#), ("\"\\", #""\"\\""#), ("\u{1b}[0m", #""\x1b[0m""#),
            ("\u{a0}\u{3000}", #""\u{a0}\u{3000}""#),
            ("\u{202e}", #""\u{202e}""#), ("\u{301}", #""\u{301}""#), ("e\u{301}", "\"e\u{301}\""),
            ("\u{200b}", #""\u{200b}""#), ("夜", "\"夜\""), ("", "\"\""),
        ] {
            #expect(TokenText.quote(Array(bytes.utf8)) == expected)
        }
        #expect(TokenText.quote([0x61, 0xFF, 0xE5, 0xA4]) == #""a\xff\xe5\xa4""#)
    }

    @Test func numbersAreRounded() {
        #expect(Decimal.format(-3.39129, places: 4) == "-3.3913" && Decimal.format(-0.00001, places: 4) == "0.0000")
        #expect(Decimal.format(1.5, places: 0) == "2" && Decimal.format(-9999, places: 2) == "-9999.00")
        #expect(Decimal.format(-.infinity, places: 4) == "-inf")
        #expect(
            Decimal.percent(0) == "100.00%" && Decimal.percent(-20) == "<0.01%"
                && Decimal.percent(-.infinity) == "0.00%")
    }

    @Test func clustersHaveTheirColumns() {
        for (text, columns) in [
            ("abc", 3), ("夜", 2), ("é", 1), ("e\u{301}", 1), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("ﾊ", 1), ("ハ", 2), ("한", 2),
            ("Ω", 1),
        ] {
            #expect(Columns.count(text) == columns, "\(text)")
        }
        #expect(
            Columns.fit("夜夜夜", into: 5) == "夜夜…" && Columns.fit("夜夜夜", into: 4) == "夜…"
                && Columns.fit("abc", into: 3) == "abc")
    }
}
