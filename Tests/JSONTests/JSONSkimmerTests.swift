import Testing

@testable import JSON

@Suite("A skimmer of JSON")
struct JSONSkimmerTests {
    private func members(_ text: String, depth: Int) throws(JSONError) -> [String] {
        let bytes = Array(text.utf8)
        var skimmer = JSONSkimmer(memberDepth: depth)
        try bytes.withUnsafeBufferPointer { text throws(JSONError) in try skimmer.read(text) }
        return skimmer.members.map { member in
            let (key, value) = (bytes[member.key], bytes[member.value])
            return "\(member.depth) \(String(decoding: key, as: UTF8.self)) \(String(decoding: value, as: UTF8.self))"
        }
    }

    @Test("finds members as deep as it is asked to, with their values as they are spelled")
    func members() throws {
        let text =
            #" { "a" : {"b":[1, {"c":2}],"d":{"e":{}} } , "f":-1.5e3,"a":"x\"y", "g":[{"h":1}],"i":null, "j":[]}"#
        let outer = [
            #"1 "a" {"b":[1, {"c":2}],"d":{"e":{}} }"#, #"1 "f" -1.5e3"#, #"1 "a" "x\"y""#, #"1 "g" [{"h":1}]"#,
            #"1 "i" null"#, #"1 "j" []"#,
        ]
        #expect(try members(text, depth: 1) == outer)
        #expect(try members(text, depth: 0).isEmpty)
        let inner = [#"2 "b" [1, {"c":2}]"#, #"2 "d" {"e":{}}"#]
        #expect(try members(text, depth: 2) == [outer[0]] + inner + outer[1...])
        #expect(try members(text, depth: 3).contains(#"3 "h" 1"#))
        #expect(try members("[1,{}]", depth: 9).isEmpty && members("\"a\"", depth: 9).isEmpty)
    }

    @Test("can be used again after a text that was none")
    func again() throws {
        var skimmer = JSONSkimmer(memberDepth: 2)
        for (text, count) in [("{\"a\":{\"b\":[", nil), ("{\"a\":1}", 1), ("[", nil), ("{}", 0)] as [(String, Int?)] {
            let isRead = (try? Array(text.utf8).withUnsafeBufferPointer { try skimmer.read($0) }) != nil
            #expect(isRead == (count != nil))
            if let count { #expect(skimmer.members.count == count) }
        }
    }

    @Test("sees white space around and between tokens alone")
    func space() throws {
        for (text, hasSpace) in [
            ("{\"a b\":[1,\" \"]}", false), (" 1", true), ("1\n", true), ("[1 ,2]", true), ("[ ]", true),
            ("{\"a\" :1}", true), ("{\"a\":\t1}", true), ("{ \"a\":1}", true), ("[]", false),
        ] {
            var skimmer = JSONSkimmer()
            try Array(text.utf8).withUnsafeBufferPointer { try skimmer.read($0) }
            #expect(skimmer.hasSpace == hasSpace, "\(text)")
        }
    }

    @Test("accepts and refuses what a document does, at the same byte")
    func sameAsDocument() {
        let text = Array(#"{"a":[1,-2.5e+3,"x\u00e9\n\"é🎈",true,false,null,{},[]],"b":{"c":"\\"}}"#.utf8)
        let junk: [UInt8] = [0x00, 0x20, 0x22, 0x2C, 0x30, 0x5C, 0x5D, 0x7B, 0x7D, 0xC3, 0xFF]
        var changed = (0...text.count).map { Array(text.prefix($0)) }
        for position in text.indices {
            for byte in junk {
                var bytes = text
                bytes[position] = byte
                changed.append(bytes)
            }
        }
        for bytes in changed {
            var skimmer = JSONSkimmer(memberDepth: 2)
            #expect(
                outcome { try JSONDocument(parsing: bytes) }
                    == outcome { try bytes.withUnsafeBufferPointer { try skimmer.read($0) } })
        }
    }

    private func outcome(_ body: () throws -> some Any) -> JSONError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? JSONError
        }
    }

    @Test("reads as deep as it is allowed to")
    func depth() {
        for (depth, isRead) in [(3, true), (4, false)] {
            var skimmer = JSONSkimmer(depthLimit: 3)
            let text = [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
            #expect((outcome { try text.withUnsafeBufferPointer { try skimmer.read($0) } } == nil) == isRead)
        }
    }
}
