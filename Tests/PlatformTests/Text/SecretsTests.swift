import Testing

@testable import Platform

@Suite("Secrets")
struct SecretsTests {
    private static let key = "csk-0a1B2c3D4e5F6g7H8i9JkLmNoPqRsTuV"

    private func mask(_ text: String, _ secrets: String...) -> String {
        var all = Secrets()
        for secret in secrets.isEmpty ? [Self.key] : secrets { all.add(secret.utf8) }
        return String(decoding: all.mask(Array(text.utf8)), as: UTF8.self)
    }

    @Test("every part of eight and more of a long key is masked, however it is cut")
    func parts() {
        let key = Array(Self.key)
        for start in key.indices {
            for end in start...key.count {
                let part = String(key[start..<end])
                let expected = end - start >= 8 ? "a: ***." : "a: \(part)."
                #expect(mask("a: \(part).") == expected)
            }
        }
    }

    @Test(
        "whatever splits it",
        arguments: [
            "\n", "\r\n", " ", "\t", "\u{1b}", "\u{0}", "\u{200b}", "\u{ad}", "\u{a0}", "\u{e0041}", "<b>", "</p>\n<p>",
            "\ndata: ", "\r\ndata:", "\n\n", #"\n"#, #"\u000a"#, #"\u200b"#, "%0A", "&#10;", "&nbsp;", #"\ndata: "#,
            #"\\n"#,
        ])
    func splits(separator: String) {
        let key = Array(Self.key)
        for place in 1..<key.count {
            let split = "{\"a\":\"" + String(key[..<place]) + separator + String(key[place...]) + "\"}"
            #expect(mask(split) == "{\"a\":\"***\"}")
        }
        let apart = key.map(String.init).joined(separator: separator)
        #expect(mask("'\(apart)'") == "'***'")
    }

    @Test("bytes that are no characters split it, or are part of it")
    func strays() {
        for stray: [UInt8] in [
            [0xFF], [0x80], [0xE2, 0x80], [0xF0, 0x9F], Array("\u{fffd}".utf8), Array(#"\ud800"#.utf8),
        ] {
            let key = Array(Self.key.utf8)
            var secrets = Secrets()
            secrets.add(key)
            for place in 1..<key.count {
                #expect(secrets.mask(Array("a: ".utf8) + key[..<place] + stray + key[place...]) == Array("a: ***".utf8))
            }
            let apart = key.flatMap { [$0] + stray }
            #expect(secrets.mask(apart).starts(with: "***".utf8))
        }
        for stray: [UInt8] in [[0xFF], [0xE2, 0x80]] {
            let key = Array("csk-0a".utf8) + stray + Array("1B2c3D4e5F6g7H8i9J".utf8)
            var secrets = Secrets()
            secrets.add(key)
            #expect(secrets.mask(key) == Array("***".utf8))
        }
    }

    @Test("however it is spelled")
    func spellings() {
        let bytes = Array(Self.key.utf8)
        let hex = { (byte: UInt8) in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        #expect(mask("a" + bytes.map { #"\u00"# + hex($0) }.joined() + ".") == "a***.")
        #expect(mask("a" + bytes.map { #"\\u00"# + hex($0) }.joined() + ".") == "a***.")
        #expect(mask(bytes.map { "%" + hex($0) }.joined()) == "***")
        #expect(mask(bytes.map { "%25" + hex($0) }.joined()) == "***")
        #expect(mask(bytes.map { "&#\($0);" }.joined()) == "***")
        #expect(mask(bytes.map { "&#x\(hex($0));" }.joined()) == "***")
        for before in ["", "x", "xy"] {
            let encoded = base64(Array("\(before)\(Self.key)z".utf8))
            #expect(mask(encoded).count < 14 && mask(encoded).contains("***"), "\(mask(encoded))")
        }
    }

    private func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
        while bits.count % 6 != 0 { bits.append(0) }
        return String(
            stride(from: 0, to: bits.count, by: 6).map { digits[bits[$0..<$0 + 6].reduce(0) { $0 << 1 | Int($1) }] })
    }

    @Test("a short key is masked where it is complete, a very short one where it stands alone")
    func shortKeys() {
        #expect(mask("test-key-12 xtest-key-12x test-key", "test-key-12") == "*** x***x test-key")
        #expect(mask("local x-local local. 'local'", "local") == "*** x-local ***. '***'")
        #expect(mask(#"a"b\c a\"b\\c"#, #"a"b\c"#) == "*** ***")
        #expect(mask("abc") == "abc" && mask("") == "")
    }

    @Test("what looks like the vendor's key is masked, whose ever it is")
    func vendorKeys() {
        #expect(mask("the file csk-zyxwvuts98765432, not csk-123", "other") == "the file ***, not csk-123")
    }

    @Test("what stands before the @ of an address is masked, whose ever it is")
    func credentials() {
        #expect(mask("'https://user:pa@ss@host/a@b' x@y", "other") == "'https://***@host/a@b' x@y")
        #expect(mask("http%3A%2F%2Fu:p@h", "other") == "http%3A%2F%2F***@h")
        var secrets = Secrets()
        secrets.add("other".utf8)
        let prompt = Array("see http://u:p@h and csk-0123456789ab".utf8)
        #expect(secrets.mask(prompt, guesses: false) == prompt)
    }

    @Test("several secrets, side by side")
    func several() {
        #expect(mask("\(Self.key)hunter2-hunter2 x", Self.key, "hunter2-hunter2") == "*** x")
    }

    @Test("a key is found where the pieces of a long text meet")
    func longTexts() {
        var secrets = Secrets()
        secrets.add(Self.key.utf8)
        for place in 0..<80 {
            let text = Array(
                (String(repeating: "x<", count: place) + Self.key + String(repeating: "%y", count: 80)).utf8)
            let found = SecretScan.ranges(of: secrets, in: text, blockLength: 64)
            #expect(found == [2 * place..<2 * place + Self.key.utf8.count])
        }
    }
}
