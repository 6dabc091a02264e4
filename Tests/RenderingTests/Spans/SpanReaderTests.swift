import API
import Testing

@testable import Rendering

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
        #expect(shown.map(\.text) == [Array("😀".utf8), Array("b".utf8)])
        var alone = SpanReader()
        #expect(alone.read(nil, Array(tokens.prefix(2)), isLast: true).map(\.text) == [Array("😀".utf8)])
    }

    @Test("U+FFFD that the text has as well is a span of its own")
    func replacement() {
        #expect(read([("a\u{FFFD}b", ["a", "\u{FFFD}", "b"])]) == ["a=1", "\u{FFFD}=1", "b=1"])
    }

    @Test("text that no token tells of is a span of its own, and the tokens after it are found again")
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

    @Test("tokens that can't be laid on the text are shown as they are")
    func lost() {
        #expect(read([(" was a", ["Ġwas", "Ġa"]), (" b", ["Ġb"])]) == ["Ġwas=1", "Ġa=1", "Ġb=1"])
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
