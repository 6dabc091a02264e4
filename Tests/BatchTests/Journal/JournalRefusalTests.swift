import Foundation
import Testing

@testable import Batch
@testable import Platform

@Suite("A journal is refused")
struct JournalRefusalTests {
    private let files: ResultFolder

    init() throws {
        files = try ResultFolder()
    }

    /// Expects a refusal that leaves the file as it is.
    private func expectRefusal(
        _ content: String, _ rows: RowTable?, _ message: String, _ set: (inout JournalOptions) -> Void = { _ in }
    ) throws {
        files.write(content)
        let error = try files.refusal(rows, set)
        #expect(error?.message.plainText == message)
        #expect(error?.isUsage == true && error?.hint != nil)
        #expect(files.text() == content && files.names == ["results"])
    }

    @Test(
        "for a line that is none of its own, wherever it stands",
        arguments: ["hello\n", "hello", "\n", "{\"prompt\":\"x\"}\n", "{\"prompt\":\"x", "{}", "\u{0}\n"])
    func foreignLine(text: String) throws {
        for before in ["", Sample.text(Sample.done("a")), Sample.text(Sample.failed("a"), Sample.done("b"))] {
            files.write(before + text)
            let error = try files.refusal(Sample.table("a", "b"))
            let line = before.split(separator: "\n").count + 1
            #expect(
                error?.message.plainText.hasPrefix("results: line \(line) was not written by cerebras batch: ") == true)
            #expect(error?.isUsage == true && files.text() == before + text)
        }
    }

    @Test("for a torn line that is not the last one")
    func tornWithin() throws {
        let line = Sample.text(Sample.done("a"))
        try expectRefusal(
            line.dropLast(9) + "\n" + line, Sample.table("a"),
            "results: line 1 was not written by cerebras batch: it is not JSON (the text ends too early at byte "
                + "\(line.utf8.count - 9)); the file is unchanged")
    }

    @Test("for rows that are complete with another request, and not for such that failed")
    func changed() throws {
        let content = Sample.text(
            Sample.done("a", request: "other"), Sample.done("b"), Sample.failed("c", request: "other"),
            Sample.done("d", request: "more"))
        try expectRefusal(
            content, Sample.table("a", "b", "c", "d"),
            "results: 2 rows are complete, but their requests have changed: 'a' (line 1), 'd' (line 4)")
        let hint = try files.refusal(Sample.table("a", "b", "c", "d"))?.hint?.plainText
        #expect(hint?.contains("--redo-changed") == true)

    }

    @Test("for a row with the results of two requests, whichever came first, unless changed rows are redone")
    func superseded() throws {
        let old = Sample.done("a", request: "other")
        for content in [Sample.text(old, Sample.done("a")), Sample.text(Sample.done("a"), old)] {
            let line = content.hasPrefix(Sample.text(old)) ? 1 : 2
            try expectRefusal(
                content, Sample.table("a"),
                "results: 1 row is complete, but its request has changed: 'a' (line \(line))")
            try expectRefusal(content, nil, "results: row 'a' is complete on line 1 and again on line 2")
        }
    }

    @Test("for many such rows, naming the first")
    func manyChanged() throws {
        let ids = (1...7).map { "row-\($0)" }
        let table = RowTable()
        for (position, id) in ids.enumerated() {
            _ = table.insert(IDDigest(of: Array(id.utf8)), digest: Sample.digest(id), line: position + 1)
        }
        let content = ids.map { Sample.text(Sample.done($0, request: "other")) }.joined()
        try expectRefusal(
            content, table,
            "results: 7 rows are complete, but their requests have changed: 'row-1' (line 1), 'row-2' (line 2), "
                + "'row-3' (line 3), 'row-4' (line 4), 'row-5' (line 5) and 2 more")
    }

    @Test("for rows that are not in the input, done or failed")
    func foreignRows() throws {
        let content = Sample.text(Sample.done("a"), Sample.done("x\u{1B}"), Sample.failed("y"))
        try expectRefusal(
            content, Sample.table("a"),
            "results: 2 rows are not in this input: 'x\\x1b' (line 2), 'y' (line 3)")
        let journal = try files.journal(Sample.table("a")) { $0.keepsForeign = true }
        #expect(journal.findings == Journal.Findings(done: 1, foreign: 2))
        #expect(files.text() == content)
    }

    @Test("for rows of another shard")
    func elsewhere() throws {
        let table = Sample.table("a")
        _ = table.insert(IDDigest(of: Array("b".utf8)), digest: Sample.digest("b"), line: 2, isElsewhere: true)
        try expectRefusal(
            Sample.text(Sample.done("a"), Sample.done("b")), table,
            "results: 1 row is not in this shard: 'b' (line 2)")
    }

    @Test("for a row that is complete twice")
    func repeated() throws {
        let content = Sample.text(Sample.done("b"), Sample.done("a"), Sample.failed("a"), Sample.done("a"))
        let message = "results: row 'a' is complete on line 2 and again on line 4"
        try expectRefusal(content, Sample.table("a", "b"), message)
        try expectRefusal(content, nil, message)
    }

    @Test("if failed rows are to be taken out of a file that can't be replaced")
    func linked() throws {
        let content = Sample.text(Sample.failed("a"), Sample.done("b"))
        files.write(content)
        link(files.path(), files.path("other"))
        let error = try files.refusal(Sample.table("a", "b"))
        #expect(
            error?.message.plainText
                == "results must be replaced to take failed rows out of it, but it has other hard links")
        #expect(files.text() == content && files.text("other") == content && files.names == ["other", "results"])

        let ordered = try files.refusal(Sample.table("a", "b")) { $0.isOrdered = true }
        #expect(ordered?.message.plainText.contains("--ordered") == true)
        #expect(files.text() == content)
    }

    @Test("but not for a link, hard or symbolic, while lines are only added")
    func appendedThroughLinks() throws {
        files.write(Sample.text(Sample.done("a")))
        link(files.path(), files.path("hard"))
        symlink("hard", files.path("soft"))
        let journal = try Journal(
            output: JournalPath(files.place("soft"), "soft"), errors: nil, rows: Sample.table("a", "b"),
            JournalOptions(),
            ProcessContext())
        try journal.append(Sample.done("b"), now: 0)
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("b")))
    }

    @Test("if it can't be read or written")
    func unreadable() throws {
        mkdir(files.path("folder"), 0o700)
        #expect(throws: SystemError.self) { try files.place("folder") }
        mkfifo(files.path("pipe"), 0o600)
        if case .file = try OutputTarget(Array(files.path("pipe").utf8), standardOutput: -1, "pipe") {
            Issue.record("a pipe is taken for a file")
        }
    }
}
