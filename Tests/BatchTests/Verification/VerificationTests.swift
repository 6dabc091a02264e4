import Foundation
import Testing

@testable import Batch
@testable import JSON
@testable import Platform

@Suite("Verification")
struct VerificationTests {
    private let files: ResultFolder

    init() throws {
        files = try ResultFolder()
    }

    private func verify(_ rows: RowTable, _ ids: [String], _ contents: String...) throws -> Verification {
        var verification = Verification(rows, keepsForeign: false)
        for (number, content) in contents.enumerated() {
            files.write(content)
            let descriptor = open(files.path(), O_RDONLY)
            defer { close(descriptor) }
            try verification.read(descriptor, Array("part-\(number + 1)".utf8))
        }
        verification.count()
        if verification.wantsNames {
            for (position, id) in ids.enumerated() { verification.name(Array(id.utf8), number: position + 1) }
        }
        #expect(!verification.wantsNames)
        return verification
    }

    private func lines(_ report: VerificationReport) -> [String] { report.lines.map(\.plainText) }

    private func json(_ report: VerificationReport) -> String {
        String(decoding: report.json(masking: Secrets()).jsonBytes, as: UTF8.self)
    }

    @Test("is content with files that hold each row once, in any order")
    func good() throws {
        let report = try verify(
            Sample.table("a", "b", "c"), ["a", "b", "c"], Sample.text(Sample.done("c")),
            Sample.text(Sample.done("a"), Sample.done("b"))
        ).report
        #expect(report.isGood && lines(report) == ["3 of 3 rows complete"])
        #expect(json(report).hasPrefix(#"{"rows":3,"complete":3,"missing":{"count":0,"first":[]},"#))
    }

    @Test("names what is missing, repeated, failed, changed, foreign or no record, by id and place")
    func bad() throws {
        let ids = ["a", "b", "c", "d", "e", "f", "g"]
        let table = Sample.table("a", "b", "c", "d", "e", "f", "g")
        let report = try verify(
            table, ids,
            Sample.text(
                Sample.done("a"), Sample.done("b"), Sample.failed("c"), Sample.done("d", request: "x"), Sample.done("z")
            ),
            Sample.text(Sample.done("b"), Sample.failed("e"), Sample.done("e"), Sample.failed("y")) + "junk\n"
                + Sample.text(Sample.done("g")).dropLast(9)
        ).report
        #expect(!report.isGood)
        #expect(
            lines(report).prefix(6) == [
                "1 of 7 rows complete", "2 rows missing: 'f' (line 6), 'g' (line 7)",
                "2 rows repeated: 'b' (line 2), 'e' (line 5)", "1 row failed: 'c' (line 3)",
                "1 row with a changed request: 'd' (line 4)",
                "2 rows not in this input: 'z' (result file 'part-1', line 5), "
                    + "'y' (result file 'part-2', line 4)",
            ])
        #expect(
            lines(report)[6].hasPrefix(
                "2 lines not written by cerebras batch: result file 'part-2', line 5 (it is not a JSON object), "))
        #expect(lines(report)[7].contains("same model, flags and template"))
        #expect(
            json(report).contains(
                #""changed":{"count":1,"first":[{"custom_id":"d","line":4}]},"unexpected":{"count":0,"first":[]},"foreign":{"count":2,"first":[{"custom_id":"z","file":"part-1","line":5},"#
            ))
        #expect(json(report).contains(#"{"file":"part-2","line":5,"reason":"it is not a JSON object"}"#))
        #expect(VerificationReport.Kind.allCases.map(report.count) == [2, 2, 1, 1, 0, 2, 2])
    }

    @Test("takes a row that can't be sent for failed, and one of another shard for foreign")
    func special() throws {
        let table = RowTable()
        _ = table.insert(IDDigest(of: Array("a".utf8)), digest: nil, line: 1)
        _ = table.insert(IDDigest(of: Array("b".utf8)), digest: Sample.digest("b"), line: 2, isElsewhere: true)
        let report = try verify(
            table, ["a", "b"], Sample.text(Sample.invalid("a"), Sample.done("b"))
        ).report
        #expect(
            lines(report) == [
                "0 of 1 row complete", "1 row failed: 'a' (line 1)",
                "1 row not in this input: 'b' (result file 'part-1', line 2)",
            ])
    }

    @Test("names the first of many")
    func many() throws {
        let ids = (1...2000).map { "row-\($0)" }
        let table = RowTable()
        for (position, id) in ids.enumerated() {
            _ = table.insert(IDDigest(of: Array(id.utf8)), digest: Sample.digest(id), line: position + 1)
        }
        let report = try verify(table, ids, "").report
        #expect(lines(report)[1].hasSuffix("'row-5' (line 5) and 1995 more"))
        #expect(json(report).contains(#"{"custom_id":"row-1000","line":1000}]"#))
    }
}
