import JSON
import Platform
import Testing

@testable import Batch

@Suite("The order of rows by their prefixes")
struct PrefixOrderTests {
    private func order(_ prompts: [String]) throws -> [Int] {
        let lines = prompts.map { JSONValue.text($0).jsonBytes.text + "\n" }
        let fixture = try InputFixture(lines.joined())
        let scan = try InputScan(fixture.input, fixture.parser, groupsPrefixes: true)
        return try fixture.rows(scan: scan).compactMap { Int($0.prefix { $0 != " " }) }
    }

    private func prefix(_ letter: Character, _ length: Int) -> String { String(repeating: letter, count: length) }

    @Test("brings those with the same long prefix next to each other, groups in the order of their first rows")
    func groups() throws {
        let (a, b) = (prefix("a", 600), prefix("b", 600))
        #expect(try order([a + "1", "x", b + "1", a + "2", "y", b + "2", a + "3"]) == [1, 4, 7, 2, 3, 6, 5])
    }

    @Test("leaves short prompts and those that have no partner where they are")
    func alone() throws {
        #expect(try order(["same", "other", "same", prefix("c", 500), "same"]) == [1, 2, 3, 4, 5])
    }

    @Test("goes by longer prefixes within a group")
    func nested() throws {
        let start = prefix("a", 1000)
        let (first, second) = (start + prefix("b", 1000), start + prefix("c", 1000))
        let rows = try order([first + "1", second + "1", start, first + "2", second + "2"])
        #expect(Set(rows) == [1, 2, 3, 4, 5])
        #expect(abs((rows.firstIndex(of: 1) ?? 0) - (rows.firstIndex(of: 4) ?? 0)) == 1)
        #expect(abs((rows.firstIndex(of: 2) ?? 0) - (rows.firstIndex(of: 5) ?? 0)) == 1)
    }

    @Test("holds every row once, however many there are, and rows that can't be sent")
    func all() throws {
        let prompts = (0..<3000).map { $0 % 10 == 7 ? "" : prefix("x", 400 + $0 % 3) + "\($0 % 5)" }
        #expect(try order(prompts).sorted() == Array(1...3000))
    }

    @Test("tells models apart, and goes by lists of texts and of token IDs, too")
    func otherForms() throws {
        let (long, ids) = (prefix("a", 600), Array(repeating: "77777", count: 100).joined(separator: ","))
        let fixture = try InputFixture(
            [
                #"{"prompt":["\#(long)1","x"]}"#, #"{"prompt":[\#(ids),1]}"#, #"{"prompt":"\#(long)","model":"other"}"#,
                #"{"prompt":"\#(long)2"}"#, #"{"prompt":[\#(ids),2]}"#, #"{"prompt":"\#(long)3","model":"other"}"#,
            ].joined(separator: "\n"))
        let scan = try InputScan(fixture.input, fixture.parser, groupsPrefixes: true)
        #expect(try fixture.rows(scan: scan) == ["1 1", "4 4", "2 2", "5 5", "3 3", "6 6"])
    }
}
