import Foundation
import Testing

@testable import Batch
@testable import Platform

@Suite("A journal")
struct JournalTests {
    private let files: ResultFolder

    init() throws {
        files = try ResultFolder()
    }

    @Test("takes records in any order, and knows afterwards which rows are done")
    func appended() throws {
        let table = Sample.table("a", "b", "c")
        var journal: Journal? = try files.journal(table)
        #expect(journal?.demand(of: Sample.row("a")) == .request)
        try journal?.append(Sample.done("b"), now: 0)
        try journal?.append(Sample.failed("a"), now: 0)
        try journal?.finish(isComplete: false)
        #expect(files.text() == Sample.text(Sample.done("b"), Sample.failed("a")))
        journal = nil

        let again = try files.journal(Sample.table("a", "b", "c"))
        #expect(again.findings == Journal.Findings(done: 1, failed: 1))
        #expect(again.demand(of: Sample.row("a")) == .request)
        #expect(again.demand(of: Sample.row("b")) == .skip(isUnexpected: false))
        #expect(again.demand(of: Sample.row("c")) == .request)
        #expect(files.text() == Sample.text(Sample.done("b")))
        #expect(files.names == ["results"])
    }

    @Test("of a pipe knows the rows that are done, and refuses a row whose request has changed")
    func pipe() throws {
        files.write(Sample.text(Sample.done("a"), Sample.failed("b"), Sample.done("c"), Sample.done("z")))
        let journal = try files.journal(nil)
        #expect(journal.findings == Journal.Findings(done: 3, failed: 1))
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("c"), Sample.done("z")))
        #expect(journal.demand(of: Sample.row("a", number: 1)) == .skip(isUnexpected: false))
        #expect(journal.demand(of: Sample.row("b", number: 2)) == .request)
        #expect(journal.demand(of: Sample.row("c", number: 3, request: "other")) == .refuse)
        #expect(journal.demand(of: Sample.row("d", number: 4)) == .request)
        try journal.append(Sample.done("d"), now: 0)
        #expect(journal.demand(of: Sample.row("d", number: 5)) == .skip(isUnexpected: false))
    }

    @Test("keeps the mode of the file from which it takes failed rows")
    func attributes() throws {
        files.write(Sample.text(Sample.failed("a"), Sample.done("b"), Sample.failed("c")))
        chmod(files.path(), 0o604)
        let inode = files.inode()
        _ = try files.journal(Sample.table("a", "b", "c"))
        var status = stat()
        stat(files.path(), &status)
        #expect(status.st_mode & 0o7777 == 0o604 && files.inode() != inode)
        #expect(files.text() == Sample.text(Sample.done("b")) && files.names == ["results"])
    }

    @Test("knows when the last result was written")
    func lastChange() throws {
        #expect(try files.journal(Sample.table("a")).lastChange == nil)
        files.write(Sample.text(Sample.failed("a")))
        var times = [timeval(tv_sec: 1_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000, tv_usec: 0)]
        utimes(files.path(), &times)
        #expect(try files.journal(Sample.table("a")).lastChange == 1_000_000)
    }

    @Test("does not replace a file from which nothing is to be taken")
    func untouched() throws {
        files.write(Sample.text(Sample.done("a")))
        let inode = files.inode()
        _ = try files.journal(Sample.table("a"))
        #expect(files.inode() == inode && files.text() == Sample.text(Sample.done("a")))
    }

    @Test("gives a last line its newline, also where others are taken out")
    func newline() throws {
        files.write(String(Sample.text(Sample.done("a")).dropLast()))
        _ = try files.journal(Sample.table("a"))
        #expect(files.text() == Sample.text(Sample.done("a")))
        files.write(String(Sample.text(Sample.failed("b"), Sample.done("a")).dropLast()))
        _ = try files.journal(Sample.table("a", "b"))
        #expect(files.text() == Sample.text(Sample.done("a")))
        files.write(String(Sample.text(Sample.done("a"), Sample.failed("b")).dropLast()))
        _ = try files.journal(Sample.table("a", "b"))
        #expect(files.text() == Sample.text(Sample.done("a")))
    }

    @Test("writes failed rows into a file of their own, from which those are taken that are tried again")
    func errors() throws {
        files.write(Sample.text(Sample.done("a"), Sample.failed("b")))
        files.write(Sample.text(Sample.failed("c"), Sample.invalid("a")), to: "errors")
        var journal: Journal? = try files.journal(Sample.table("a", "b", "c"), errors: "errors")
        #expect(journal?.findings == Journal.Findings(done: 1, failed: 2))
        #expect(files.text("errors")?.isEmpty == true)
        try journal?.append(Sample.failed("c"), now: 0)
        try journal?.append(Sample.done("b"), now: 0)
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("b")))
        #expect(files.text("errors") == Sample.text(Sample.failed("c")))
        #expect(journal?.lostCount == 0)
        journal = nil

        let completed = try files.refusal(Sample.table("a", "b", "c"), errors: "results")
        #expect(completed?.message == "results and results are the same file")
        files.write(Sample.text(Sample.done("c")), to: "errors")
        let other = try files.refusal(Sample.table("a", "b", "c"), errors: "errors")
        #expect(other?.message == "errors: line 1 is the completion of row 'c'; this file is for failed rows")
        #expect(files.text("errors") == Sample.text(Sample.done("c")))
    }

    @Test("puts the finished files into input order, rows that are not in the input last")
    func ordered() throws {
        files.write(Sample.text(Sample.done("y"), Sample.done("c"), Sample.done("x")))
        let journal = try files.journal(Sample.table("a", "b", "c"), errors: "errors") { options in
            options.isOrdered = true
            options.keepsForeign = true
        }
        for id in ["b", "a"] { try journal.append(Sample.done(id), now: 0) }
        try journal.finish(isComplete: true)
        #expect(
            files.text()
                == Sample.text(
                    Sample.done("a"), Sample.done("b"), Sample.done("c"), Sample.done("y"), Sample.done("x")))
        #expect(files.names == ["errors", "results"])
    }

    @Test("puts what came through a pipe into input order, too")
    func orderedPipe() throws {
        files.write(Sample.text(Sample.done("c")))
        let journal = try files.journal(nil) { $0.isOrdered = true }
        for (number, id) in ["a", "b", "c"].enumerated() { _ = journal.demand(of: Sample.row(id, number: number + 1)) }
        for id in ["b", "a"] { try journal.append(Sample.done(id), now: 0) }
        try journal.finish(isComplete: true)
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("b"), Sample.done("c")))
    }

    @Test("keeps the order in which rows came when the run was not completed")
    func unordered() throws {
        let journal = try files.journal(Sample.table("a", "b")) { $0.isOrdered = true }
        for id in ["b", "a"] { try journal.append(Sample.done(id), now: 0) }
        try journal.finish(isComplete: false)
        #expect(files.text() == Sample.text(Sample.done("b"), Sample.done("a")))
    }

    @Test("stores records no later than it was asked to")
    func synchronized() throws {
        let journal = try files.journal(Sample.table("a", "b", "c")) { $0.syncInterval = 5 }
        #expect(journal.syncTime == nil)
        try journal.append(Sample.done("a"), now: 10)
        try journal.append(Sample.done("b"), now: 12)
        #expect(journal.syncTime == 15)
        try journal.synchronize(now: 14)
        #expect(journal.syncTime == 15)
        try journal.synchronize(now: 15)
        #expect(journal.syncTime == nil)
        try journal.append(Sample.done("c"), now: 16)
        #expect(journal.syncTime == 21)
    }
}
