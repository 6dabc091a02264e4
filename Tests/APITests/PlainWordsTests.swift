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

    @Test("words are whole, however many: whoever shows them shortens them, once nothing in them is secret")
    func length() {
        let text = String(repeating: "é", count: 300)
        #expect(words(text) == text)
        #expect(words(String(repeating: "word ", count: 1_000_000)).map { $0.count <= 64 * 1024 } == true)
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
