import Testing

@testable import Batch
@testable import JSON
@testable import Platform

@Suite("A line of a result file")
struct RecordLineReaderTests {
    private func read(_ line: String) throws(RecordProblem) -> RecordHead {
        var reader = RecordLineReader()
        return try Array(line.utf8).withUnsafeBufferPointer { bytes throws(RecordProblem) in try reader.read(bytes) }
    }

    private func reason(_ line: String) -> String? {
        do throws(RecordProblem) {
            _ = try read(line)
            return nil
        } catch {
            return error.reason.plainText
        }
    }

    private let digits = String(repeating: "0f", count: 32)

    @Test("is read however other programs spell it")
    func spelled() throws {
        let head = try read(
            """
            { "error" : null, "response": {"body": [], "extra": 1, "status_code": 200}, "custom\\u005fid": "\\u0061",
            "id": "batch_req_\(digits)", "more": {"id": 7, "response": 8} }\r
            """)
        #expect(head.id == Array("a".utf8) && head.isDone)
        #expect(head.digest == RequestDigest(hexadecimal: digits.utf8))
    }

    @Test("has failed if it has an error or another status than success")
    func failed() throws {
        let start = "{\"id\":\"batch_req_\(digits)\",\"custom_id\":\"a\",\"response\":"
        #expect(try !read(start + "null,\"error\":{}}").isDone)
        #expect(try !read(start + "{\"status_code\":200,\"body\":1},\"error\":{}}").isDone)
        #expect(try !read(start + "{\"status_code\":400,\"body\":1},\"error\":null}").isDone)
        #expect(try read(start + "{\"status_code\":204,\"body\":1},\"error\":null}").isDone)
    }

    @Test("without a request has failed")
    func invalid() throws {
        let head = try read(#"{"id":"batch_req_invalid","custom_id":"a","response":null,"error":{}}"#)
        #expect(head.digest == nil && !head.isDone)
    }

    @Test("of the last of two equal keys is what counts")
    func duplicates() throws {
        let head = try read(
            "{\"id\":1,\"id\":\"batch_req_\(digits)\",\"custom_id\":\"a\",\"custom_id\":\"b\",\"response\":null,"
                + "\"response\":{\"status_code\":200,\"body\":1},\"error\":null}")
        #expect(head.id == Array("b".utf8) && head.isDone)
    }

    @Test("of another format is none")
    func refused() {
        let id = "\"id\":\"batch_req_\(digits)\""
        #expect(reason("") == "it is not a JSON object")
        #expect(reason("[1]") == "it is not a JSON object")
        #expect(reason("{\"a\":1} x")?.hasPrefix("it is not JSON (") == true)
        #expect(reason("{}") == "its 'id' holds no digest of a request")
        for other in ["1", "\"batch_req_123\"", "\"batch_req_\(digits)0\"", "\"x\(digits)\"", "\"batch_req_INVALID\""] {
            #expect(reason("{\"id\":\(other),\"custom_id\":\"a\"}") == "its 'id' holds no digest of a request")
        }
        #expect(
            reason(#"{"id":"batch_req_invalid","custom_id":"a","response":{"status_code":200,"body":1},"error":null}"#)
                == "its 'id' holds no digest of a request")
        #expect(reason("{\(id)}") == "its 'custom_id' is not a string")
        #expect(reason("{\(id),\"custom_id\":7}") == "its 'custom_id' is not a string")
        #expect(reason("{\(id),\"custom_id\":\"a\",\"response\":null}") == "it has no 'response' or no 'error'")
        #expect(reason("{\(id),\"custom_id\":\"a\",\"error\":{}}") == "it has no 'response' or no 'error'")
        #expect(
            reason("{\(id),\"custom_id\":\"a\",\"response\":[],\"error\":{}}") == "it has no 'response' or no 'error'")
        #expect(
            reason("{\(id),\"custom_id\":\"a\",\"response\":null,\"error\":null}")
                == "it has neither a response nor an error")
        #expect(
            reason("{\(id),\"custom_id\":\"a\",\"response\":{\"body\":1},\"error\":null}")
                == "its response has no 'status_code' or no 'body'")
    }

    @Test("that was cut off anywhere is torn, and no whole line and nothing else is")
    func torn() {
        var reader = RecordLineReader()
        let line = BatchRecord(
            id: Array("é🎈\\\"".utf8), digest: Sample.digest("a"),
            .response(
                BatchRecord.Response(
                    statusCode: 200, requestID: "r", content: Array("[true, null, -1.5e3, \"\\u00e9\u{1F388}\"]".utf8))),
            error: ["a": 1]
        ).line.dropLast()
        for length in 0...line.count {
            let piece = Array(line.prefix(length))
            #expect(piece.withUnsafeBufferPointer { reader.isTorn($0) } == (length < line.count), "\(length)")
            let padded = piece + [0, 0, 0]
            #expect(padded.withUnsafeBufferPointer { reader.isTorn($0) } == (length < line.count), "\(length)")
        }
        for other in [
            "hello", "{\"prompt\":\"x", "{\"id\":\"batch_req_x]", "[", "{\"id\":\"batch_req_\u{0}x", "\"", "{}",
            "{\"id\":\"batch_req_invalidx",
            "{\"id\":\"batch_req_00\"",
        ] {
            #expect(!Array(other.utf8).withUnsafeBufferPointer { reader.isTorn($0) }, "\(other)")
        }
    }
}

@Suite("A line of scores")
struct ScoreLineTests {
    private static let id = "score_" + String(repeating: "ab", count: 32)

    private static func head(_ members: String, id: String = id) throws -> RecordHead {
        var reader = RecordLineReader(.scores)
        let line = Array(#"{"id":"\#(id)","custom_id":"a",\#(members)}"#.utf8)
        return try line.withUnsafeBufferPointer { try reader.read($0) }
    }

    @Test("is done with scores of continuations or the score of a text, and failed with an error")
    func states() throws {
        #expect(try Self.head(#""scores":[{}],"winner":{},"error":null"#).isDone)
        #expect(try Self.head(#""score":{},"error":null"#).isDone)
        #expect(try !Self.head(#""scores":null,"error":{}"#).isDone)
        #expect(try Self.head(#""scores":null,"error":{}"#, id: "score_invalid").digest == nil)
    }

    @Test(
        "is refused without either",
        arguments: [#""scores":null,"error":null"#, #""scores":[]"#, #""error":null"#, #""scores":1,"error":null"#])
    func refused(members: String) {
        #expect(throws: RecordProblem.self) { try Self.head(members) }
    }

    @Test("that is cut off is told from others")
    func torn() {
        var reader = RecordLineReader(.scores)
        let text = #"{"id":"\#(Self.id)","custom_id":"a","scores":[{"logprob":-1}"#
        for length in 0...text.utf8.count {
            let cut = Array(text.utf8.prefix(length))
            #expect(cut.withUnsafeBufferPointer { reader.isTorn($0) })
        }
        let other = Array(#"{"id":"batch_req_"#.utf8)
        #expect(!other.withUnsafeBufferPointer { reader.isTorn($0) })
    }
}
