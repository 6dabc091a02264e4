import Foundation
import Testing

@testable import Batch
@testable import JSON
@testable import Platform

@Suite("A look-up of one row")
struct RecordLookupTests {
    private let files: ResultFolder

    init() throws {
        files = try ResultFolder()
    }

    private func find(_ id: String, in content: String) throws(RecordLookup.Problem) -> RecordLookup.Found {
        files.write(content)
        let descriptor = open(files.path(), O_RDONLY)
        defer { close(descriptor) }
        return try RecordLookup.find(Array(id.utf8), in: descriptor, "results")
    }

    private func problem(_ id: String, in content: String) -> RecordLookup.Problem? {
        do throws(RecordLookup.Problem) {
            _ = try find(id, in: content)
            return nil
        } catch {
            return error
        }
    }

    @Test("gives what the server sent")
    func found() throws {
        let content = Sample.text(Sample.done("a"), Sample.done("é\"", text: "found"), Sample.failed("c"))
        let record = try find("é\"", in: content)
        #expect(record.line == 2 && record.statusCode == 200 && record.error == nil)
        #expect(record.content.map { String(decoding: $0, as: UTF8.self) }?.contains(#""text":"found""#) == true)
        let failed = try find("c", in: content)
        #expect(failed.content == nil && failed.statusCode == nil)
        #expect(failed.error == Array(#"{"kind":"timeout"}"#.utf8))
    }

    @Test("gives the text that a JSON string stands for")
    func text() throws {
        let response = BatchRecord.Response(statusCode: 502, requestID: nil, content: Array("<b>\"\n".utf8))
        let record = BatchRecord(id: Array("a".utf8), digest: nil, .response(response), error: [:])
        let found = try find("a", in: Sample.text(record))
        #expect(found.content == Array("<b>\"\n".utf8) && found.statusCode == 502 && found.error == Array("{}".utf8))
    }

    @Test("reads what other programs write, and a file that is being written")
    func foreign() throws {
        let line =
            #"{"id": "vllm-1", "custom_id": "a", "response": {"status_code": 200, "body": {"x": 1}}, "error": null}"#
        let found = try find("a", in: line + "\n" + Sample.text(Sample.done("b")).dropLast(7))
        #expect(found.content == Array(#"{"x": 1}"#.utf8) && found.statusCode == 200 && found.error == nil)
    }

    @Test("takes a success rather than a failure, and refuses two of a kind")
    func several() throws {
        let (done, failed) = (Sample.done("a"), Sample.failed("a"))
        #expect(try find("a", in: Sample.text(failed, done)).line == 2)
        #expect(try find("a", in: Sample.text(done, failed)).line == 1)
        for record in [done, failed] {
            guard case .repeated(1, 3)? = problem("a", in: Sample.text(record, Sample.done("b"), record)) else {
                Issue.record("two records of one kind are not refused")
                return
            }
        }
    }

    @Test("says that there is none, or that the file is of another kind")
    func refused() {
        guard case .notFound(2)? = problem("x", in: Sample.text(Sample.done("a"), Sample.done("b"))),
            case .notFound(0)? = problem("x", in: ""),
            case .foreignLine(2, let reason)? = problem("a", in: Sample.text(Sample.done("a")) + "{\"prompt\":\"x\"}\n"),
            case .foreignLine(1, _)? = problem("a", in: "hello")
        else {
            Issue.record("a file without the row is not refused")
            return
        }
        #expect(reason == "it has no 'custom_id'")
    }
}
