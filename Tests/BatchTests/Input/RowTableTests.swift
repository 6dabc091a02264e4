import Testing

@testable import Batch

@Suite("A table of rows")
struct RowTableTests {
    private func id(_ number: Int) -> IDDigest { IDDigest(of: Array("row-\(number)".utf8)) }

    private func digest(_ number: Int) -> RequestDigest {
        RequestDigest(bytes: (0..<32).map { UInt8(truncatingIfNeeded: number >> (8 * ($0 % 4))) })
    }

    @Test("finds each row by its id, and what is known of it")
    func find() throws {
        let table = RowTable()
        for number in 0..<10_000 {
            let inserted = table.insert(
                id(number), digest: number % 10 == 3 ? nil : digest(number), line: number + 1,
                isElsewhere: number % 2 == 0)
            #expect(inserted == .inserted(number))
        }
        #expect(table.count == 10_000)
        for number in 0..<10_000 {
            let index = try #require(table.index(of: id(number)))
            #expect(index == number)
            #expect(table.line(at: index) == number + 1)
            #expect(table.isElsewhere(at: index) == (number % 2 == 0))
            #expect(table.isBad(at: index) == (number % 10 == 3))
            #expect(table.matches(digest(number), at: index) == (number % 10 != 3))
            #expect(!table.matches(digest(number + 1), at: index))
        }
        #expect(table.index(of: id(10_000)) == nil)
    }

    @Test("says which row has an id already")
    func repeated() {
        let table = RowTable()
        _ = table.insert(id(1), digest: digest(1), line: 3)
        #expect(table.insert(id(1), digest: digest(2), line: 8) == .repeated(0))
        #expect(table.line(at: 0) == 3)
        #expect(table.count == 1)
    }

    @Test("keeps the state of each row")
    func states() {
        let table = RowTable()
        for number in 0..<9_000 { _ = table.insert(id(number), digest: digest(number), line: number) }
        #expect(table[state: 8_999] == .open)
        table[state: 8_999] = .done
        table[state: 0] = .failed
        #expect(table[state: 8_999] == .done)
        #expect(table[state: 8_998] == .open)
        #expect(table[state: 0] == .failed)
    }

    /// Whoever inserts row by row meets the moments before and after the table grows.
    @Test("takes at most 64 bytes a row, also while it grows")
    func size() {
        let table = RowTable()
        var before = table.byteCount
        for number in 0..<200_000 {
            _ = table.insert(IDDigest(high: UInt64(number), low: UInt64(number) &* 0x9E37_79B9_7F4A_7C15), number)
            let after = table.byteCount
            // Old and new places are there at once while they are copied.
            let atMost = after > before + 1 << 16 ? after + before - 32 * number : after
            if number > 10_000 { #expect(atMost <= 64 * (number + 1), "row \(number)") }
            before = after
        }
    }
}

extension RowTable {
    /// Inserts a row with any request.
    fileprivate func insert(_ id: IDDigest, _ number: Int) -> Insertion {
        insert(id, digest: RequestDigest(bytes: [UInt8](repeating: 7, count: 32)), line: number)
    }
}
