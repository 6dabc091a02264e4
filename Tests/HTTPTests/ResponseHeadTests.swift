import Testing

@testable import HTTP

@Suite("Response heads")
struct ResponseHeadTests {
    private func head(_ lines: String...) throws -> ResponseHead {
        var head = try #require(ResponseHead(statusLine: "HTTP/1.1 200 OK".utf8))
        for line in lines { head.add(line: line.utf8) }
        return head
    }

    @Test("a status line has a status")
    func statusLine() throws {
        #expect(try #require(ResponseHead(statusLine: "HTTP/2 503 ".utf8)).status == 503)
        #expect(try #require(ResponseHead(statusLine: "HTTP/1.1 200".utf8)).status == 200)
    }

    @Test(
        "what is no status line is none",
        arguments: ["", "HTTP/1.1", "HTTP/1.1 -20 X", "HTTP/1.1 +20 X", "HTTP/1.1 2000 X", "x: HTTP/1.1 200"])
    func otherLines(_ line: String) {
        #expect(ResponseHead(statusLine: line.utf8) == nil)
    }

    @Test("a value loses the space around it")
    func space() throws {
        #expect(try head("retry-after: \t 7 \t")["Retry-After"] == "7")
        #expect(try head("x:")["x"] == "")
    }

    @Test("the last of several headers counts")
    func several() throws {
        #expect(try head("A: 1", "b: 2", "a: 3")["a"] == "3")
    }

    @Test("a mark after the colon hides no header")
    func marks() throws {
        let head = try head("x:\u{31A}value", "y: \u{301}", "a\r\u{301}: 1")
        #expect(head.headers.map(\.name) == ["x", "y", "a\r\u{301}"])
        #expect(head["x"] == "\u{31A}value")
        #expect(head["y"] == "\u{301}")
    }

    @Test("only ASCII's case is skipped")
    func names() throws {
        // U+212A, the sign of Kelvin, is a k in small letters elsewhere.
        #expect(try head("\u{212A}: 1")["k"] == nil)
        #expect(try head("K: 1")["k"] == "1")
        #expect(
            try head("X-Limit-A: 1").hasHeader(beginningWith: "x-limit-")
                && !head("X-Lim: 1").hasHeader(beginningWith: "x-limit"))
    }
}
