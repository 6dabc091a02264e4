import Testing

@testable import Platform

@Suite("SHA-256")
struct SHA256Tests {
    private func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    @Test(
        "agrees with the vectors that NIST published",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func vectors(text: String, digest: String) {
        #expect(hexadecimal(SHA256.digest(of: Array(text.utf8))) == digest)
    }

    @Test("agrees with NIST's vector of a million letters, in whatever pieces they come")
    func pieces() {
        var hash = SHA256()
        var (left, size) = (1_000_000, 1)
        while left > 0 {
            hash.update([UInt8](repeating: UInt8(ascii: "a"), count: min(size, left)))
            left -= min(size, left)
            size = size % 1000 + 37
        }
        #expect(hexadecimal(hash.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("is the same for each cut of the last blocks")
    func everyCut() {
        let bytes = (0..<200).map { UInt8($0) }
        for end in bytes.indices {
            let whole = SHA256.digest(of: Array(bytes[..<end]))
            for cut in stride(from: 0, through: end, by: 7) {
                var hash = SHA256()
                hash.update(Array(bytes[..<cut]))
                hash.update(Array(bytes[cut..<end]))
                #expect(hash.finish() == whole)
            }
        }
    }
}
