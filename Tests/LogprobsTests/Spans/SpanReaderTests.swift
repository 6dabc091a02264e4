import API
import Testing

@testable import Logprobs

@Suite("Laying tokens on text")
struct SpanReaderTests {
    /// Each span as `text=tokens`, the text escaped.
    private func read(
        _ chunks: [(text: String?, tokens: [String])], isLast: Bool = true
    ) -> [String] {
        var reader = SpanReader()
        var result: [String] = []
        for (place, chunk) in chunks.enumerated() {
            let texts = chunk.tokens.map { "\"\($0)\"" }.joined(separator: ",")
            let tokens = Tokens.read(#"{"tokens":[\#(texts)]}"#)
            let isEnd = isLast && place == chunks.count - 1
            let spans = reader.read(chunk.text.map { Array($0.utf8) }, tokens, isLast: isEnd)
            result += spans.map { "\(String(decoding: $0.text, as: UTF8.self))=\($0.tokens.count)" }
        }
        return result
    }

    @Test("tokens that join up to the text are its spans")
    func plain() {
        #expect(read([(" was a", [" was", " a"]), (".", ["."])]) == [" was=1", " a=1", ".=1"])
    }

    @Test("each token is given as soon as its text is there")
    func live() {
        #expect(read([(" was", [" was"])], isLast: false) == [" was=1"])
        #expect(read([(" w", [" was"])], isLast: false).isEmpty)
        #expect(read([(nil, [" was"])], isLast: false) == [" was=1"])
    }

    @Test("text that lags behind its tokens is waited for")
    func lag() {
        #expect(read([("", [" was"]), (" was", [" a"]), (" a", [])]) == [" was=1", " a=1"])
    }

    @Test("a character split over tokens is one span, whether they are empty, U+FFFD or the text comes late")
    func parts() {
        #expect(read([("a😀b", ["a", "", "", "😀", "b"])]) == ["a=1", "😀=3", "b=1"])
        #expect(read([("a😀b", ["a", "\u{FFFD}", "\u{FFFD}", "b"])]) == ["a=1", "😀=2", "b=1"])
        #expect(read([("a", ["a", "\u{FFFD}"]), ("😀", ["\u{FFFD}"]), ("b", ["b"])]) == ["a=1", "😀=2", "b=1"])
        #expect(read([("夜の", ["\u{FFFD}", "\u{FFFD}"])]) == ["夜の=2"])
    }

    @Test("bare bytes of a character are one span")
    func bytes() {
        let tokens = Tokens.read(
            #"{"content":[{"bytes":[240,159],"logprob":-1},{"bytes":[152,128],"logprob":-1},{"bytes":[98],"logprob":-1}]}"#
        )
        var reader = SpanReader()
        let spans = reader.read(Array("😀b".utf8), tokens, isLast: true)
        #expect(spans.map(\.text) == [Array("😀".utf8), Array("b".utf8)] && spans.first?.logprob == -2)
        var replaced = SpanReader()
        let shown = replaced.read(Array("\u{FFFD}\u{FFFD}b".utf8), tokens, isLast: true)
        #expect(shown.map(\.text) == ["\u{FFFD}", "\u{FFFD}", "b"].map { Array($0.utf8) })
        var alone = SpanReader()
        #expect(alone.read(nil, Array(tokens.prefix(2)), isLast: true).map(\.text) == [Array("😀".utf8)])
    }

    @Test("U+FFFD that the text has as well is a span of its own")
    func replacement() {
        #expect(read([("a\u{FFFD}b", ["a", "\u{FFFD}", "b"])]) == ["a=1", "\u{FFFD}=1", "b=1"])
    }

    @Test("text that belongs to no token is a span of its own, and the tokens after it are found again")
    func untold() {
        #expect(read([(" a<|x|> b and", [" a", " b"])]) == [" a=1", "<|x|>=0", " b=1", " and=0"])
    }

    @Test("a token that the text leaves out is shown, and does not lose the others")
    func special() {
        #expect(read([("ab", ["a", "<|x|>", "b"])]) == ["a=1", "<|x|>=1", "b=1"])
        #expect(read([("a", ["a", "<|eot|>"])]) == ["a=1", "<|eot|>=1"])
    }

    @Test("a text that ends within its last token, as before a stop sequence, is kept to")
    func stop() {
        #expect(read([(" end", [" end."])]) == [" end=1"])
    }

    @Test(
        "other spellings of a token's bytes are laid on the text",
        arguments: [
            ["Ġthe", "ĠðŁĺ", "į", "Ċ", "Ã©"], ["▁the", "▁", "<0xF0>", "<0x9F>", "<0x98>", "<0x8D>", "<0x0A>", "é"],
            [" the", "bytes: \\\\xf0\\\\x9f", "bytes:\\\\x98\\\\x8d", "\\n", "é"],
            [" the", " ", "b'\\\\xf0\\\\x9f\\\\x98'", "b'\\\\x8d'", "\\n", "é"],
        ])
    func spellings(names: [String]) {
        let spans = read([(" the 😍\né", names)])
        #expect(spans.first == " the=1" && spans.suffix(2) == ["\n=1", "é=1"], "\(spans)")
        #expect(spans.contains { $0.hasPrefix("😍=") || $0.hasPrefix(" 😍=") }, "\(spans)")
        #expect(read([("the 😍\né", names)]).first == "the=1", "the first space may be left out")
    }

    @Test("names that the text does not have, in any spelling, leave it as it is")
    func lost() {
        #expect(read([(" was a", ["x", "y"]), (" b", ["z"])]) == ["=1", "=1", "=1", " was a b=0"])
    }

    /// The same, of tokens told as JSON.
    private func read(_ text: String, _ logprobs: String) -> [String] {
        var reader = SpanReader()
        return reader.read(Array(text.utf8), Tokens.read(logprobs), isLast: true).map { span in
            let text = String(decoding: span.text, as: UTF8.self)
            return switch span.placement {
            case .text: "\(text)=\(span.tokens.count)"
            case .outside: "(\(text))"
            case .unplaced: "-"
            }
        }
    }

    @Test("tokens without names are placed by their offsets, whatever those count and from wherever")
    func offsets() {
        let values = #""token_logprobs":[-1,-1,-1]"#
        #expect(read("é夜 a.", #"{\#(values),"text_offset":[0,2,4]}"#) == ["é夜=1", " a=1", ".=1"])
        #expect(read("é夜 a.", #"{\#(values),"text_offset":[70,75,77]}"#) == ["é夜=1", " a=1", ".=1"])
        #expect(
            read("a😀bc", #"{\#(values),"tokens":["a",null,"bc"],"text_offset":[0,1,3]}"#) == ["a=1", "😀=1", "bc=1"])
        let ids = #"{"tokens":["token_id:7","token_id:9","token_id:1"],\#(values),"text_offset":[4,10,11]}"#
        #expect(read(" Paris.", ids) == [" Paris=1", ".=1", "(token_id:1)"])
    }

    @Test(
        "tokens without names and offsets, or with such as tell nothing, have no place",
        arguments: ["null", "[0,0,0,0,0,0]"])
    func unplaced(offsets: String) {
        let spans = read("It was a night", #"{"token_logprobs":[-1,-1,-1,-1,-1,-1],"text_offset":\#(offsets)}"#)
        #expect(spans.filter { $0.hasSuffix("=0") } == ["It was a night=0"] && !spans.contains { $0.hasSuffix("=1") })
    }

    @Test("many parts in a row do not share the text between them")
    func manyParts() {
        let spans = read([("夜の海の夜", Array(repeating: "\u{FFFD}", count: 10))])
        #expect(spans.contains("夜の海の夜=0"))
    }

    @Test("what comes after the end of the text is outside of it")
    func after() {
        let tokens = #""tokens":["It"," was","\n\n","END"],"token_logprobs":[-1,-1,-1,-1]"#
        #expect(read("It was", "{\(tokens)}") == ["It=1", " was=1", "(\n\n)", "(END)"])
        #expect(read("It was", "{\(tokens),\"text_offset\":[0,2,6,8]}") == ["It=1", " was=1", "(\n\n)", "(END)"])
    }

    @Test("text without tokens is a span without")
    func unweighed() {
        #expect(read([(" was a", [])]) == [" was a=0"])
        #expect(read([(" was a", [" was"])]) == [" was=1", " a=0"])
    }

    @Test("a stream cut within a character gives what it has")
    func cut() {
        #expect(read([("a", ["a", "\u{FFFD}"])]) == ["a=1", "\u{FFFD}=1"])
    }
}
