import Testing

@testable import Sandbox

/// What the relay makes of messages, in one piece and byte by byte.
@Suite("Messages through the relay")
struct MessageReaderTests {
    private static let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// What is passed on of a message that comes in pieces of a size, whether it is over, and what is left.
    private static func pass(
        _ text: String, _ role: MessageHead.Role = .request, pieces: Int
    ) throws -> (String, Bool, String) {
        var reader = MessageReader(role)
        var (passed, rest): ([UInt8], ArraySlice<UInt8>) = ([], Array(text.utf8)[...])
        while !rest.isEmpty, !reader.isOver {
            var piece = rest.prefix(pieces)
            rest = rest.dropFirst(pieces)
            passed += try reader.pass(&piece)
            rest = piece + rest
        }
        return (String(decoding: passed, as: UTF8.self), reader.isOver, String(decoding: rest, as: UTF8.self))
    }

    @Test(
        "A request is passed on with what the server reads, and ends where the next one begins",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"),
            (
                "\r\n\nGET /a?b HTTP/1.0\nAuthorization: Bearer x\n\n",
                "GET /a?b HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n"
            ),
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n00a ;x=y\r\n0123456789\r\n0\r\nT: z\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n"
            ),
        ])
    func request(text: String, passed: String) throws {
        for pieces in [1, 2, 3, 7, 1000] {
            let next = "GET /next HTTP/1.1\r\n\r\n"
            let result = try Self.pass(text + next, pieces: pieces)
            #expect(result == (passed, true, next), "in pieces of \(pieces)")
        }
    }

    @Test(
        "A reply to HTTP/1.0 loses its chunks; one to HEAD has no body; one without a length ends with the connection")
    func reply() throws {
        let old = try MessageHead([Array("GET / HTTP/1.0".utf8)], of: .request)
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
        let bare = "HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\n\r\nabc"
        let head = try MessageHead([Array("HEAD / HTTP/1.1".utf8)], of: .request)
        let sized = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
        for pieces in [1, 5, 1000] {
            #expect(try Self.pass(chunked, .reply(to: old), pieces: pieces) == (bare, true, ""))
            #expect(try Self.pass(bare, .reply(to: old), pieces: pieces) == (bare, false, ""))
            #expect(try Self.pass(sized + "x", .reply(to: head), pieces: pieces) == (sized, true, "x"))
        }
    }

    @Test(
        "What another reader could take for something else is refused",
        arguments: [
            "GET  HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nA : b\r\n\r\n", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
            "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", "GET / HTTP/1.1\r\nA: \0\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: \r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\u{A0}\r\n\r\n",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "\u{FEFF}GET / HTTP/1.1\r\n\r\n", "G\u{C9}T / HTTP/1.1\r\n\r\n", "GET\tx / HTTP/1.1\r\n\r\n",
            "GET /\tx HTTP/1.1\r\n\r\n", "GET /\u{E9} HTTP/1.1\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n",
            chunked + "1\na\r\n0\r\n\r\n", chunked + "1;x\na\r\n0\r\n\r\n", chunked + "1\r\na\n0\r\n\r\n",
            chunked + "1 0\r\n", chunked + " 1\r\n", chunked + "+1\r\n", chunked + "0x1\r\n", chunked + "\u{FF11}\r\n",
            chunked + "\r\n", chunked + ";\r\n", chunked + "8000000000000000\r\n", chunked + "1;a\rb\r\n",
            chunked + "0\r\na: \0\r\n\r\n", chunked + "0\r\n\n",
        ])
    func malformed(text: String) {
        #expect(throws: Refusal.malformed) { try Self.pass(text, pieces: 1000) }
    }

    @Test(
        "A body over the limit is refused before it comes, and at the chunk that exceeds it",
        arguments: [
            "Content-Length: 67108865\r\n\r\n", "Content-Length: 9223372036854775807\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n4000001\r\n", "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n4000000\r\n",
            "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n",
        ])
    func excess(rest: String) throws {
        #expect(throws: Refusal.contentTooLarge) { try Self.pass("POST / HTTP/1.1\r\n\(rest)", pieces: 1000) }
        for rest in ["Content-Length: 67108864\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n4000000\r\n"] {
            #expect(try Self.pass("POST / HTTP/1.1\r\n\(rest)", pieces: 1000).1 == false)
        }
    }

    @Test("Content of any size passes; a head of more than 64 KiB and a passed line of more than 8 KiB do not")
    func limits() throws {
        let size = 1 << 20
        let large = "POST / HTTP/1.1\r\nContent-Length: \(size)\r\n\r\n" + String(repeating: "a", count: size)
        #expect(try Self.pass(large, pieces: 4096) == (large, true, ""))
        let long = String(repeating: "a", count: 60 << 10)
        #expect(try Self.pass("GET / HTTP/1.1\r\nX: \(long)\r\n\r\n", pieces: 4096).0 == "GET / HTTP/1.1\r\n\r\n")
        for text in ["X: \(long)\r\nY: \(long)", "Authorization: \(long)"] {
            #expect(throws: Refusal.tooLarge) { try Self.pass("GET / HTTP/1.1\r\n\(text)\r\n\r\n", pieces: 4096) }
        }
        #expect(throws: Refusal.tooLarge) { try Self.pass("GET /\(long) HTTP/1.1\r\n\r\n", pieces: 4096) }
    }
}
