import Foundation
import Platform
import TestSupport
import Testing

@testable import Batch

/// An input file of a test, its parser, and what is read from it.
final class InputFixture {
    private let folder: TemporaryFolder
    private let file: FileHandle
    let input: BatchInput
    let parser: RowParser

    init(_ text: String, format: InputFormat = .jsonl) throws {
        folder = try TemporaryFolder()
        let opened = try Records.open(Array(text.utf8), in: folder)
        file = opened.0
        input = BatchInput(opened.1, "test input")
        parser = RowParser(
            format, template: nil, defaults: RequestDefaults(model: Array("m".utf8), fields: []),
            allowsEmptyPrompt: false)
    }

    /// Replaces the file's content in place.
    func rewrite(_ text: String) throws {
        try file.truncate(atOffset: 0)
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(text.utf8))
    }

    /// Every row that a reader gives: its number and its id, or `!` and the reason.
    func rows(shard: Shard? = nil, scan: InputScan? = nil, passesDone: Bool = false) throws -> [String] {
        var reader = RowReader(input, parser, shard: shard, scan: scan, passesDone: passesDone)
        return try Self.rows(&reader)
    }

    static func rows(_ reader: inout RowReader) throws -> [String] {
        var rows: [String] = []
        while true {
            switch try reader.next(waits: true) {
            case .row(let row): rows.append("\(row.number) \(row.id.text)")
            case .error(let error): rows.append("\(error.number) !\(error.reason)")
            case .blank: rows.append("blank")
            case .done(let index): rows.append("done \(index)")
            case .pending, .end: return rows
            }
        }
    }
}

@Suite("The scan of a file")
struct InputScanTests {
    @Test("rows that are done are not parsed again, and a file that lost lines is an error all the same")
    func done() throws {
        let fixture = try InputFixture("\"one\"\n\n\"two\"\n\"three\"\n")
        let scan = try InputScan(fixture.input, fixture.parser)
        (scan.table[state: 0], scan.table[state: 1]) = (.done, .repeated)
        #expect(try fixture.rows(scan: scan, passesDone: true) == ["done 0", "blank", "3 3", "4 4"])
        #expect(try fixture.rows(scan: scan) == ["1 1", "blank", "3 3", "4 4"])
        try fixture.rewrite("\"one\"\n\n\"two\"\n")
        #expect(throws: SystemError.self) { try fixture.rows(scan: scan, passesDone: true) }
    }

    @Test("counts rows, errors and tokens")
    func counts() throws {
        let fixture = try InputFixture(
            """
            "one"
            {"custom_id":"b","prompt":[1,2,3],"max_tokens":5,"n":2}
            {"prompt":""}
            {"prompt":["a","b"],"max_tokens":10}
            """)
        let scan = try InputScan(fixture.input, fixture.parser)
        #expect(scan.recordCount == 4 && scan.rowCount == 3 && scan.errorCount == 1 && scan.repetitionCount == 0)
        #expect(scan.firstErrors.map(\.number) == [3])
        #expect(scan.tokens.maxCompletionTokens == 30 && scan.tokens.unlimitedCount == 1)
        #expect(scan.tokens.prompts.promptCount == 4 && scan.tokens.prompts.tokenCount == 3)
        #expect(scan.table.count == 4)
        let index = try #require(scan.table.index(of: IDDigest(of: Array("b".utf8))))
        #expect(scan.table.line(at: index) == 2 && !scan.table.isBad(at: index))
        #expect(scan.table.isBad(at: 2))
        #expect(scan.refusal(isStrict: false) == nil)
    }

    @Test("of nothing finds nothing")
    func empty() throws {
        let fixture = try InputFixture("")
        let scan = try InputScan(fixture.input, fixture.parser)
        #expect(scan.recordCount == 0 && scan.rowCount == 0 && scan.refusal(isStrict: true) == nil)
        #expect(try fixture.rows(scan: scan) == [])
    }

    @Test("names both rows of a repeated id, and counts the others")
    func repeated() throws {
        let lines = ["x", "y", "x", "z", "y", "x", "x", "x"].map { #"{"custom_id":"\#($0)","prompt":"p"}"# }
        let fixture = try InputFixture(lines.joined(separator: "\n"))
        let scan = try InputScan(fixture.input, fixture.parser)
        #expect(
            scan.refusal(isStrict: false)?.text(masking: Secrets())
                == "repeated custom_id: 'x' on lines 1 and 3, 'y' on lines 2 and 5, 'x' on lines 1 and 6, and 2 more")
    }

    @Test("takes a row's number for its id, which another row may have chosen")
    func number() throws {
        let fixture = try InputFixture("{\"custom_id\":\"2\",\"prompt\":\"p\"}\n\"q\"\n")
        let scan = try InputScan(fixture.input, fixture.parser)
        #expect(
            scan.refusal(isStrict: false)?.text(masking: Secrets()) == "repeated custom_id: '2' on lines 1 and 2")
    }

    @Test("finds a repeated id in another shard, too, but counts only this one's rows")
    func shards() throws {
        let lines = ["a", "b", "c", "a", "d"].map { #"{"custom_id":"\#($0)","prompt":"p"}"# } + ["bad"]
        let fixture = try InputFixture(lines.joined(separator: "\n"))
        let scan = try InputScan(fixture.input, fixture.parser, shard: Shard(number: 2, count: 2))
        #expect(scan.repetitionCount == 1 && scan.rowCount == 2 && scan.errorCount == 1 && scan.recordCount == 6)
        #expect((0..<5).map { scan.table.isElsewhere(at: $0) } == [true, false, true, true, false])
    }

    @Test("refuses the file for one row when it is strict")
    func strict() throws {
        let fixture = try InputFixture("\"a\"\nb}\n\n\"\"\n5\n\"c\"\n")
        let scan = try InputScan(fixture.input, fixture.parser)
        #expect(scan.refusal(isStrict: false) == nil)
        #expect(
            scan.refusal(isStrict: true)?.text(masking: Secrets())
                == """
                line 2: not JSON: expected a value at byte 0; line 4: the prompt is empty; --allow-empty-prompt sends it; line 5: \
                the row is neither a JSON string nor an object
                """)
    }

    @Test("blank lines are no rows, but lines")
    func blank() throws {
        let fixture = try InputFixture("\u{FEFF} \n\"a\"\n\t\r\n{\"custom_id\":\"x\",\"prompt\":\"b\"}\n\n")
        let scan = try InputScan(fixture.input, fixture.parser)
        #expect(scan.rowCount == 2 && scan.errorCount == 0 && scan.recordCount == 5 && scan.table.count == 2)
        #expect(try fixture.rows(scan: scan) == ["blank", "2 2", "blank", "4 x", "blank"])
    }

    @Test("the rows are read again as they were found")
    func reread() throws {
        let fixture = try InputFixture("\"a\"\n{\"custom_id\":\"x\",\"prompt\":\"b\"}\nbad]\n\"c\"")
        let scan = try InputScan(fixture.input, fixture.parser)
        let expected = ["1 1", "2 x", "3 !not JSON: expected a value at byte 0", "4 4"]
        #expect(try fixture.rows(scan: scan) == expected)
        #expect(try fixture.rows(scan: scan) == expected)
    }

    @Test("rows that were added to the file since are left alone")
    func grown() throws {
        let fixture = try InputFixture("\"a\"\n\"b\"\n")
        let scan = try InputScan(fixture.input, fixture.parser)
        try fixture.rewrite("\"a\"\n\"b\"\n\"c\"\n")
        #expect(try fixture.rows(scan: scan) == ["1 1", "2 2"])
    }

    @Test(
        "a file that has changed since is an error",
        arguments: ["\"a\"\n", "\"a\"\n\"B\"\n", "\"a\"\n{\"custom_id\":\"x\",\"prompt\":\"b\"}\n", ""])
    func changed(content: String) throws {
        let fixture = try InputFixture("\"a\"\n\"b\"\n")
        let scan = try InputScan(fixture.input, fixture.parser)
        try fixture.rewrite(content)
        #expect(throws: SystemError.self) { try fixture.rows(scan: scan) }
    }

    @Test("shards together read each row once, with its number in the whole")
    func shardRows() throws {
        let fixture = try InputFixture((1...10).map { "\"row \($0)\"\n" }.joined())
        var all: [String] = []
        for number in 1...3 {
            let shard = Shard(number: number, count: 3)
            let scan = try InputScan(fixture.input, fixture.parser, shard: shard)
            let rows = try fixture.rows(shard: shard, scan: scan)
            #expect(rows.count == scan.rowCount)
            all += rows
        }
        #expect(Set(all) == Set((1...10).map { "\($0) \($0)" }) && all.count == 10)
    }
}
