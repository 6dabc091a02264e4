import Platform
import Testing

@Suite("Messages")
struct MessageTests {
    private let key = "csk-0123456789abcdefghijklmnopqrstuv"

    private func text(_ message: Message) -> String {
        var secrets = Secrets()
        secrets.add(key.utf8)
        return message.text(masking: secrets)
    }

    @Test("a quotation of up to 60 characters is whole, a longer one ends in an ellipsis")
    func quotes() {
        #expect(text("\(quoted: "")") == "''")
        #expect(text("\(quoted: "a\n")") == #"'a\n'"#)
        let sixty = String(repeating: "é", count: 60)
        #expect(text("\(quoted: sixty)") == "'\(sixty)'")
        #expect(text("\(quoted: "\(sixty)x")") == "'\(sixty)…'")
        #expect(text("\(quoted: [UInt8](repeating: 0x61, count: 1_000_000))").count == 63)
    }

    @Test("what is cut off is no part of an escape")
    func wholeEscapes() {
        #expect(text("\(plain: "abc\u{1b}\u{1b}", limit: 8)") == #"abc\x1b…"#)
    }

    @Test("a key is masked before it is shortened, wherever the cut falls")
    func maskedFirst() {
        for start in 0..<80 {
            let padding = String(repeating: "x", count: start)
            for shown in [text("\(quoted: padding + key)"), text("\(plain: padding + key + "yyy", limit: 60)")] {
                #expect(!shown.contains("csk-"), "\(shown)")
            }
        }
    }

    @Test("the program's own words and numbers are not masked")
    func ownWords() {
        var secrets = Secrets()
        secrets.add("a-token-named-unexpected-argument".utf8)
        let message: Message = "unexpected argument \(quoted: "x") \(17)"
        #expect(message.text(masking: secrets) == "unexpected argument 'x' 17")
        let echoed: Message = "unexpected-argument \(quoted: "unexpected-argument")"
        #expect(echoed.text(masking: secrets) == "unexpected-argument '***'")
        #expect(message.ownWords == "unexpected argument  17")
    }

    @Test("what an escape spells is masked, too")
    func afterEscaping() {
        var secrets = Secrets()
        secrets.add(#"abcd\x1befgh-and-more-of-it"#.utf8)
        let shown = ("\(plain: "abcd\u{1b}efgh")" as Message).text(masking: secrets)
        #expect(!shown.contains(#"abcd\x1b"#), "\(shown)")
    }

    @Test("messages are equal when they read the same")
    func equality() {
        let message: Message = "a \(quoted: "b") \(2)"
        #expect(message == "a 'b' 2" && message != "a 'b' 3")
        #expect(["a", "\(plain: "b")"].joined(separator: ", ") == "a, b")
        #expect(("" as Message).isEmpty && !("\(quoted: "")" as Message).isEmpty)
    }
}
