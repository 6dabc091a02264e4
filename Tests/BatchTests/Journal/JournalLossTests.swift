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
