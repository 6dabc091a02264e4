import Testing

@testable import CLI

@Suite("Base64")
struct Base64Tests {
    @Test(
        "the examples of RFC 4648 and both of its last digits",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("~~~", "fn5+"), ("???", "Pz8/"), ("é", "w6k="),
        ])
    func examples(text: String, expected: String) {
        #expect(Base64.encode(Array(text.utf8)) == expected)
    }

    @Test("every byte has its place")
    func everyByte() {
        #expect(Base64.encode([0xFF, 0xFF, 0xFF, 0x00]) == "////AA==")
    }
}
