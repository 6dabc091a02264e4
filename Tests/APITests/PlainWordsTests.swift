import API
import Testing

@Suite("Plain words")
struct PlainWordsTests {
    private func words(_ text: String) -> String? { PlainWords.of(Array(text.utf8)) }

    @Test("white space is folded, and nothing but white space is no words")
    func folding() {
        #expect(words(" a \n\t b\r\n") == "a b")
        #expect(words("") == nil && words(" \n") == nil)
    }

    @Test("up to 200 characters are shown, a longer text ends in an ellipsis")
    func limit() {
        let text = String(repeating: "é", count: 200)
        #expect(words(text) == text)
        #expect(words(text + "x") == text + "…")
        #expect(words(String(repeating: "word ", count: 1_000_000))?.count == 201)
    }

    @Test("tags, styles and scripts are no words")
    func pages() {
        #expect(words("<p>one<br>two</p><!-- three -->") == "one two")
        #expect(words("<style>p { color: red }</style><p>a</p><SCRIPT src='x'>if (a<b) {}</SCRIPT>b") == "a b")
        #expect(words("<p>open <b") == "open")
        #expect(words("<p>a<script>never closed") == "a never closed")
        #expect(words("a < b > c") == "a < b > c", "only a page has tags")
    }

    @Test("a page begins with a bracket, whatever white space or mark is before it")
    func recognition() {
        #expect(PlainWords.isPage(Array("\u{FEFF}\r\n <!DOCTYPE html>".utf8)))
        #expect(!PlainWords.isPage(Array("{\"a\":\"<p>\"}".utf8)) && !PlainWords.isPage([]))
    }
}
