import API
import Testing

@testable import Rendering

@Suite("Rows of tokens")
struct TokenRowTests {
    private func row(_ logprobs: String, topCount: Int? = 5) -> TokenRow? {
        let reply = #"{"choices":[{"index":0,"text":"","logprobs":\#(logprobs)}]}"#
        var decoder = ReplyDecoder()
        for case .chunk(let chunk) in decoder.feed(Array(reply.utf8)[...]) + decoder.finish() {
            return chunk.choices.first?.tokens.first.map { TokenRow($0, position: 3, topCount: topCount) }
        }
        return nil
    }

    @Test("a row shows position, offset, token, numbers and alternatives")
    func whole() {
        let row = row(
            #"{"text_offset":[30],"tokens":["\n"],"token_logprobs":[-0.5],"top_logprobs":[{"a":-1,"\n":-0.5,"b":null}]}"#
        )
        #expect(row.map { [$0.position, $0.offset, $0.token] } == ["3", "30", #""\n""#])
        #expect(row.map { [$0.logprob, $0.probability, $0.rank] } == ["-0.5000", "60.65%", "1"])
        #expect(row?.alternatives == [#"*"\n" 60.65%"#, #""a" 36.79%"#, #""b" -"#])
    }

    @Test("what is not known is a dash")
    func unknown() {
        let first = row(#"{"tokens":["It"],"token_logprobs":[null],"top_logprobs":[null]}"#)
        #expect(
            first.map { [$0.token, $0.logprob, $0.probability, $0.rank, $0.offset] } == [#""It""#, "-", "-", "-", "-"])
        #expect(first?.alternatives == [])
        #expect(row(#"{"tokens":[null],"token_logprobs":[-1]}"#)?.token == "-")
    }

    @Test("keys that decode alike stay apart, and one of them is marked")
    func duplicates() {
        let split = row(
            #"{"tokens":["\ufffd"],"token_logprobs":[-2],"top_logprobs":[{"\ufffd":-1,"\ufffd":-2,"a":-3}]}"#)
        #expect(split?.alternatives == ["\"\u{FFFD}\" 36.79%", "*\"\u{FFFD}\" 13.53%", "\"a\" 4.98%"])
        #expect(split?.rank == "2")
    }

    @Test("the chat shape is shown by its bytes")
    func chatShape() {
        let chat = row(
            #"{"content":[{"token":"�","bytes":[240,159],"logprob":-0.5,"top_logprobs":[{"token":"x","bytes":[120],"logprob":-2}]}]}"#
        )
        #expect(chat?.token == #""\xf0\x9f""# && chat?.logprob == "-0.5000" && chat?.alternatives == [#""x" 13.53%"#])
    }
}
