import Testing

@testable import JSON

@Suite("Members that are looked up together")
struct JSONPlacesTests {
    private static let keys = JSONKeys("a", "bc", "d", "e", "f", "g", "h", "text")

    private func values(_ text: String) throws -> [String?] {
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        let places = root.places(of: Self.keys)
        return (0..<8).map { key in root.value(key, at: places).map { String(decoding: $0.source, as: UTF8.self) } }
    }

    @Test("are those that are there, the last of each key, however it is spelled")
    func found() throws {
        #expect(
            try values(#"{"text":"x","x":0,"a":1,"bd":2,"a":[{"a":3}]}"#) == [
                "[{\"a\":3}]", nil, nil, nil, nil, nil, nil, "\"x\"",
            ])
        #expect(try values(#"{"\u0061":1,"b\u0063":2,"h":null}"#) == ["1", "2", nil, nil, nil, nil, "null", nil])
    }

    @Test("are none in an empty object and at other kinds")
    func none() throws {
        for text in ["{}", "[]", "1", #""a""#, #"["a",1]"#] {
            #expect(try values(text) == [String?](repeating: nil, count: 8))
        }
    }

    @Test("have kinds, and none where there is no value")
    func kinds() throws {
        let root = try JSONDocument(parsing: Array(#"{"a":{},"text":null}"#.utf8)).root
        let places = root.places(of: Self.keys)
        #expect(root.kind(of: 0, at: places) == .object && root.kind(of: 7, at: places) == .null)
        #expect(root.kind(of: 1, at: places) == nil)
    }
}
