import Foundation
import Testing

@testable import Batch
@testable import Platform

@Suite("A journal of changed rows that are redone")
struct JournalRedoTests {
    private let files: ResultFolder
    private let old = [Sample.done("a", request: "other"), Sample.done("c", request: "other")]

    init() throws {
        files = try ResultFolder()
    }

    private func redo(_ rows: RowTable?) throws -> Journal { try files.journal(rows) { $0.redoesChanged = true } }

    @Test("keeps old results until the new ones are there, and all of them if the run does not end")
    func kept() throws {
        files.write(Sample.text(old[0], Sample.done("b"), old[1], Sample.failed("d", request: "other")))
        var journal: Journal? = try redo(Sample.table("a", "b", "c", "d"))
        #expect(journal?.findings == Journal.Findings(done: 1, failed: 1, changed: 2))
        #expect(files.text() == Sample.text(old[0], Sample.done("b"), old[1]))
        #expect(["a", "c", "d"].allSatisfy { journal?.demand(of: Sample.row($0)) == .request })
        try journal?.append(Sample.done("a"), now: 0)
        try journal?.append(Sample.failed("c"), now: 0)
        try journal?.finish(isComplete: false)
        #expect(files.text() == Sample.text(old[0], Sample.done("b"), old[1], Sample.done("a"), Sample.failed("c")))
        journal = nil

        // What a run finds that was killed just now, too.
        let next = try redo(Sample.table("a", "b", "c", "d"))
        #expect(next.findings == Journal.Findings(done: 2, changed: 1))
        #expect(next.demand(of: Sample.row("a")) == .skip(isUnexpected: false))
        #expect(files.text() == Sample.text(Sample.done("b"), old[1], Sample.done("a")))
        try next.append(Sample.done("c"), now: 0)
        try next.finish(isComplete: true)
        #expect(files.text() == Sample.text(Sample.done("b"), Sample.done("a"), Sample.done("c")))
        #expect(files.names == ["results"])
    }

    @Test("of a pipe does the same, and takes the last result for that of the present request")
    func pipe() throws {
        files.write(Sample.text(old[0], Sample.done("b"), old[1]))
        var journal: Journal? = try redo(nil)
        #expect(journal?.demand(of: Sample.row("a", number: 1)) == .request)
        #expect(journal?.demand(of: Sample.row("b", number: 2)) == .skip(isUnexpected: false))
        #expect(journal?.demand(of: Sample.row("c", number: 3)) == .request)
        try journal?.append(Sample.done("a"), now: 0)
        try journal?.append(Sample.failed("c"), now: 0)
        try journal?.finish(isComplete: false)
        #expect(files.text() == Sample.text(old[0], Sample.done("b"), old[1], Sample.done("a"), Sample.failed("c")))
        journal = nil

        let next = try redo(nil)
        #expect(files.text() == Sample.text(Sample.done("b"), old[1], Sample.done("a")))
        #expect(next.demand(of: Sample.row("a", number: 1)) == .skip(isUnexpected: false))
        #expect(next.demand(of: Sample.row("c", number: 2)) == .request)
        try next.append(Sample.done("c"), now: 0)
        try next.finish(isComplete: true)
        #expect(files.text() == Sample.text(Sample.done("b"), Sample.done("a"), Sample.done("c")))
    }

    @Test("keeps an old result whose row fails now, and puts the rest into order")
    func failed() throws {
        files.write(Sample.text(old[1], old[0]))
        let journal = try files.journal(Sample.table("a", "b", "c")) { options in
            options.redoesChanged = true
            options.isOrdered = true
        }
        try journal.append(Sample.failed("c"), now: 0)
        for id in ["b", "a"] { try journal.append(Sample.done(id), now: 0) }
        try journal.finish(isComplete: true)
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("b"), old[1], Sample.failed("c")))
    }

    @Test("is refused at once for a file from which nothing could be taken out at the end")
    func linked() throws {
        files.write(Sample.text(old[0]))
        link(files.path(), files.path("other"))
        let error = try files.refusal(Sample.table("a")) { $0.redoesChanged = true }
        #expect(
            error?.message.plainText == "results must be replaced to take changed rows out of it (--redo-changed), "
                + "but it has other hard links")
        #expect(files.text() == Sample.text(old[0]))
    }

    @Test("knows which completions of an earlier run are not as they were to be")
    func unexpected() throws {
        files.write(Sample.text(Sample.done("a"), Sample.done("b", text: "bad"), Sample.done("c", text: "bad")))
        let isBad = { (content: [UInt8]) in String(decoding: content, as: UTF8.self).contains(#""text":"bad""#) }
        for table in [Sample.table("a", "b", "c"), nil] {
            let journal = try files.journal(table, checking: isBad)
            #expect(journal.demand(of: Sample.row("a", number: 1)) == .skip(isUnexpected: false))
            #expect(journal.demand(of: Sample.row("b", number: 2)) == .skip(isUnexpected: true))
        }
    }
}
