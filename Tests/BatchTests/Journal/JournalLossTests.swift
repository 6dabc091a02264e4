import Foundation
import TestSupport
import Testing

@testable import Batch
@testable import Platform

@Suite("A journal that can't be written")
struct JournalLossTests {
    private let files: ResultFolder

    init() throws {
        files = try ResultFolder()
    }

    @Test("counts what it loses, and ends in a whole line")
    func full() throws {
        let journal = try files.journal(Sample.table("a", "b", "c"))
        try journal.append(Sample.done("a"), now: 0)
        let long = String(repeating: "x", count: 100_000)
        try FileLimit.with { limit in
            // As if the room ended in the middle of the next record.
            truncate(files.path(), off_t(limit - 50_000))
            #expect(throws: SystemError.self) { try journal.append(Sample.done("b", text: long), now: 0) }
        }
        #expect(journal.lostCount == 1)
        #expect(files.text() == Sample.text(Sample.done("a")))
        #expect(journal.demand(of: Sample.row("b")) == .request)
        try journal.append(Sample.done("c"), now: 0)
        try journal.finish(isComplete: false)
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("c")))
    }

    @Test("writes the records of a moment at once, and one by one when that fails")
    func together() throws {
        let journal = try files.journal(Sample.table("a", "b", "c", "d"))
        var sink = JournalSink(journal)
        for id in ["a", "b"] { try sink.write(Sample.done(id), row: 0, now: 0) }
        #expect(files.text()?.isEmpty == true && sink.pumpTime(now: 7) == 7)
        try sink.pump(now: 7)
        #expect(files.text() == Sample.text(Sample.done("a"), Sample.done("b")))
        let long = String(repeating: "x", count: 100_000)
        try FileLimit.with { limit in
            // As if there were no room for both; what was written of them is cut off, and with it what took the room.
            truncate(files.path(), off_t(limit - 50_000))
            try sink.write(Sample.done("c", text: long), row: 2, now: 8)
            try sink.write(Sample.done("d"), row: 3, now: 8)
            try sink.pump(now: 8)
        }
        #expect(sink.lostCount == 0 && journal.demand(of: Sample.row("d")) == .skip(isUnexpected: false))
        let all = [Sample.done("a"), Sample.done("b"), Sample.done("c", text: long), Sample.done("d")]
        #expect(files.text() == all.map { String(decoding: $0.line, as: UTF8.self) }.joined())
    }

    @Test("since another program took its place says so, and adds nothing to that")
    func replaced() throws {
        let journal = try files.journal(Sample.table("a"))
        rename(files.path(), files.path("moved"))
        files.write("other")
        let error = #expect(throws: SystemError.self) { try journal.append(Sample.done("a"), now: 0) }
        guard case .refused(let label, let reason)? = error else { throw try #require(error) }
        #expect("\(label): \(reason)" as Message == "results: another program replaced or removed it")
        #expect(throws: JournalError.self) { try journal.finish(isComplete: true) }
        #expect(files.text() == "other" && files.text("moved")?.isEmpty == true && journal.lostCount == 1)
    }

    @Test("that another program shortened or removed says so, and how many results are missing")
    func shortened() throws {
        files.write(Sample.text(Sample.done("a")))
        for isRemoved in [false, true] {
            let journal = try files.journal(Sample.table("a", "b", "c", "d", "e"))
            let size = Sample.text(Sample.done("b")).utf8.count
            for id in ["b", "c", "d"] { try journal.append(Sample.done(id), now: 0) }
            if isRemoved { unlink(files.path()) } else { truncate(files.path(), off_t(size * 2 - 5)) }
            let error = #expect(throws: SystemError.self) { try journal.append(Sample.done("e"), now: 0) }
            guard case .refused(_, let reason)? = error else { throw try #require(error) }
            #expect(
                reason.plainText
                    == (isRemoved
                        ? "another program replaced or removed it"
                        : "another program shortened it from \(4 * size) to \(2 * size - 5) bytes"))
            #expect(throws: JournalError.self) { try journal.finish(isComplete: true) }
            #expect(journal.lostCount == 4 && journal.lostSuccessCount == 4)
            files.write(Sample.text(Sample.done("a")))
        }
    }

    @Test("that has no room for results says so before any is there, and is as it was")
    func room() throws {
        let journal = try files.journal(Sample.table("a"))
        try journal.checkRoom()
        #expect(files.text() == "")
        try FileLimit.with { limit in
            truncate(files.path(), off_t(limit - 50_000))
            #expect(throws: SystemError.self) { try journal.checkRoom() }
        }
        #expect(files.text() == "")
    }

    @Test("is refused to a second run, in this process or another, until the first has ended")
    func locked() throws {
        files.write(Sample.text(Sample.failed("a"), Sample.done("b")))
        var journal: Journal? = try files.journal(Sample.table("a", "b"))
        for _ in 0..<2 {
            let error = try files.refusal(Sample.table("a", "b"))
            #expect(error?.message.plainText == "results: another run is writing to it" && error?.isUsage == true)
            try journal?.append(Sample.failed("a"), now: 0)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "exec 9<'\(files.path())' && flock -n 9"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        journal = nil
        let next = try files.journal(Sample.table("a", "b"))
        #expect(next.findings == Journal.Findings(done: 1, failed: 1))
    }
}
