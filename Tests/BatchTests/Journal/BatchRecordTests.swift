import Testing

@testable import Batch
@testable import JSON

@Suite("A record")
struct BatchRecordTests {
    private func line(_ record: BatchRecord) -> String { String(decoding: record.line, as: UTF8.self) }

    private func body(_ content: String) -> String {
        let response = BatchRecord.Response(statusCode: 200, requestID: nil, content: Array(content.utf8))
        return String(decoding: response.body, as: UTF8.self)
    }

    @Test("of a success has the vendors' shape, on one line")
    func success() {
        let record = BatchRecord(
            id: Array("a\"b".utf8), digest: RequestDigest(bytes: [UInt8](repeating: 0xAB, count: 32)),
            .response(BatchRecord.Response(statusCode: 200, requestID: "r\n1", content: Array("{\"id\": 1}\n".utf8))))
        #expect(record.isDone)
        let digits = String(repeating: "ab", count: 32)
        #expect(
            line(record)
                == #"{"id":"batch_req_\#(digits)","custom_id":"a\"b","response":{"status_code":200,"request_id":"r\n1","body":{"id":1}},"error":null}"#
                + "\n")
    }

    @Test("of a failure has its error, and the response if there was one")
    func failure() {
        let digest = Sample.digest("a")
        let digits = String(decoding: digest.hexadecimal, as: UTF8.self)
        let response = BatchRecord.Response(statusCode: 503, requestID: nil, content: Array("busy".utf8))
        let record = BatchRecord(id: Array("a".utf8), digest: digest, .response(response), error: ["kind": "server"])
        #expect(!record.isDone)
        #expect(
            line(record)
                == #"{"id":"batch_req_\#(digits)","custom_id":"a","response":{"status_code":503,"request_id":null,"body":"busy"},"error":{"kind":"server"}}"#
                + "\n")
        #expect(
            line(Sample.invalid("7"))
                == #"{"id":"batch_req_invalid","custom_id":"7","response":null,"error":{"kind":"usage"}}"# + "\n")
    }

    @Test(
        "keeps digits, order, duplicates and escapes of JSON, without the white space between tokens",
        arguments: [
            ("{}", "{}"), (" [1, 2.50 ,-0.0e+1]\r\n", "[1,2.50,-0.0e+1]"),
            ("{\n  \"a\" : \"x \\u0041\\\" , y\",\n\t\"a\":null }", #"{"a":"x \u0041\" , y","a":null}"#),
            ("\u{FEFF}{\"a\": 1}", #"{"a":1}"#), ("\"\\\\\" ", #""\\""#),
            ("12345678901234567890.000", "12345678901234567890.000"),
        ])
    func compact(content: String, expected: String) {
        #expect(body(content) == expected)
    }

    @Test(
        "has what is not JSON as a JSON string",
        arguments: [
            ("", #""""#), ("busy", #""busy""#), ("{\"a\":NaN}", #""{\"a\":NaN}""#), ("{} {}", #""{} {}""#),
            ("{\"a\":\"\u{1}\"}", #""{\"a\":\"\u0001\"}""#), ("<html>\n", #""<html>\n""#),
            (String(repeating: "[", count: 600), "\"" + String(repeating: "[", count: 600) + "\""),
        ])
    func text(content: String, expected: String) {
        #expect(body(content) == expected)
    }

    @Test("has U+FFFD for bytes that are not UTF-8")
    func notUTF8() {
        let response = BatchRecord.Response(statusCode: 200, requestID: nil, content: [0x61, 0xFF, 0x62])
        #expect(String(decoding: response.body, as: UTF8.self) == "\"a\u{FFFD}b\"")
    }

    @Test("is read as it is written, however deep its body is")
    func roundTrip() throws {
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        let record = BatchRecord(
            id: Array("é\\".utf8), digest: Sample.digest("a"),
            .response(BatchRecord.Response(statusCode: 200, requestID: nil, content: Array(deep.utf8))))
        #expect(record.response?.body == Array(deep.utf8))
        var reader = RecordLineReader()
        let head = try record.line.withUnsafeBufferPointer { try reader.read($0) }
        #expect(head.id == record.id && head.digest == record.digest && head.isDone)
    }
}
