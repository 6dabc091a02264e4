import Platform
import Testing

@Suite("Parts of a text")
struct PartSearchTests {
    @Test("are found where they occur first")
    func ranges() {
        let bytes = Array("aab aabc".utf8)
        #expect(bytes.firstRange(matching: Array("aabc".utf8)) == 4..<8)
        #expect(bytes[5...].firstRange(matching: Array("ab".utf8)) == 5..<7)
        #expect(bytes.firstRange(matching: Array("ca".utf8)) == nil)
        #expect(bytes.firstRange(matching: []) == 0..<0)
        #expect([UInt8]().firstRange(matching: [1]) == nil)
    }

    @Test("are compared byte for byte in text")
    func text() {
        #expect("e\u{301}a".includes("\u{301}a") && "abc".includes("bc") && "abc".includes(""))
        #expect(!"abc".includes("abcd") && !"\u{e9}".includes("e"))
        #expect("a\r\nb".includes("\n"))
    }
}
