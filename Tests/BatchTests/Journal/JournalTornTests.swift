import Foundation
import Testing

@testable import Batch
@testable import Platform

@Suite("A journal that was cut off")
struct JournalTornTests {
    private let files: ResultFolder

    init() throws {
        files = try ResultFolder()
    }

    @Test("anywhere in a record is continued after the record before", arguments: [false, true])
    func everyByte(withNULs: Bool) throws {
        let whole = Sample.text(Sample.done("a"))
        let record = Array(Sample.text(Sample.done("b\u{E9}", text: "\u{1F388}\\n")).utf8)
        for length in 0...record.count {
            let cut = String(decoding: Array(whole.utf8), as: UTF8.self)
            let nuls = withNULs && length < record.count - 1 ? [UInt8](repeating: 0, count: 3) : []
            let content = Array(cut.utf8) + record.prefix(length) + nuls
            _ = FileManager.default.createFile(atPath: files.path(), contents: Data(content))
            let journal = try files.journal(Sample.table("a", "b\u{E9}", "c"))
            let isKept = length >= record.count - 1
            #expect(
                journal.demand(of: Sample.row("b\u{E9}")) == (isKept ? .skip(isUnexpected: false) : .request),
                "\(length)")
            #expect(journal.findings.tornBytes == (isKept ? 0 : length + nuls.count), "\(length)")
            try journal.append(Sample.done("c"), now: 0)
            let expected = Array(whole.utf8) + (isKept ? record : []) + Array(Sample.text(Sample.done("c")).utf8)
            #expect(FileManager.default.contents(atPath: files.path()).map(Array.init) == expected, "\(length)")
        }
    }

    @Test("while failed rows stand in it loses both at once")
    func withFailures() throws {
        files.write(
            Sample.text(Sample.failed("a"), Sample.done("b"), Sample.failed("c"))
                + Sample.text(Sample.done("d")).dropLast(5))
        let journal = try files.journal(Sample.table("a", "b", "c", "d"))
        #expect(journal.findings.tornBytes > 0 && files.text() == Sample.text(Sample.done("b")))
    }

    @Test("and has nothing else may have NULs at its end, as after a power failure")
    func onlyNULs() throws {
        files.write(Sample.text(Sample.done("a")) + "\u{0}\u{0}")
        _ = try files.journal(Sample.table("a"))
        #expect(files.text() == Sample.text(Sample.done("a")))
    }
}
