import Foundation
import Platform
import Testing

@testable import Batch

@Suite("Rows that come through a pipe")
struct RowReaderTests {
    private func rows(_ text: String, format: InputFormat = .jsonl, shard: Shard? = nil) throws -> [String] {
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data(text.utf8))
        try pipe.fileHandleForWriting.close()
        let parser = RowParser(
            format, template: nil, defaults: RequestDefaults(model: [], fields: []), allowsEmptyPrompt: false)
        let input = BatchInput(pipe.fileHandleForReading.fileDescriptor, "test")
        #expect(!input.isFile)
        var reader = RowReader(input, parser, shard: shard)
        return try InputFixture.rows(&reader)
    }

    @Test("are given one after the other, with those that can't be sent")
    func rows() throws {
        #expect(
            try rows("a\n\nb", format: .lines)
                == ["1 1", "2 !the prompt is empty; --allow-empty-prompt sends it", "3 3"])
        #expect(try rows("1\n2\n3\n4\n5", format: .lines, shard: Shard(number: 2, count: 2)) == ["2 2", "4 4"])
    }

    @Test("fail when they repeat an id")
    func repeated() throws {
        let lines = [
            #"{"custom_id":"x","prompt":"p"}"#, #""p""#, #"{"custom_id":"x","prompt":"q"}"#,
            #"{"custom_id":"2","prompt":"p"}"#, #"{"custom_id":"7","prompt":"p"}"#, #""p""#, #""p""#,
            #"{"custom_id":"07","prompt":"p"}"#, #"{"custom_id":"y","prompt":""}"#, #"{"custom_id":"y","prompt":"p"}"#,
        ]
        #expect(
            try rows(lines.joined(separator: "\n")) == [
                "1 x", "2 2", "3 !custom_id 'x' is that of line 1, too", "4 !custom_id '2' is that of line 2, too",
                "5 7",
                "6 6", "7 !custom_id '7' is that of line 5, too", "8 07",
                "9 !the prompt is empty; --allow-empty-prompt sends it", "10 !custom_id 'y' is that of line 9, too",
            ])
    }

    @Test("are not waited for when that is not wanted")
    func pending() throws {
        let pipe = Pipe()
        let parser = RowParser(
            .lines, template: nil, defaults: RequestDefaults(model: [], fields: []), allowsEmptyPrompt: false)
        var reader = RowReader(BatchInput(pipe.fileHandleForReading.fileDescriptor, "test"), parser)
        guard case .pending = try reader.next(waits: false) else { throw PendingError() }
        pipe.fileHandleForWriting.write(Data("a\nb".utf8))
        guard case .row(let row) = try reader.next(waits: false) else { throw PendingError() }
        #expect(row.number == 1)
        guard case .pending = try reader.next(waits: false) else { throw PendingError() }
        try pipe.fileHandleForWriting.close()
        guard case .row = try reader.next(waits: false) else { throw PendingError() }
        guard case .end = try reader.next(waits: false) else { throw PendingError() }
    }

    @Test("leave time for other work when a line, or another shard's rows, have no end in sight")
    func endless() throws {
        for (format, shard) in [(InputFormat.lines, nil), (.null, Shard(number: .max, count: .max))] {
            let parser = RowParser(
                format, template: nil, defaults: RequestDefaults(model: [], fields: []), allowsEmptyPrompt: false)
            let zeros = try BatchInput.open(Array("/dev/zero".utf8), ProcessContext())
            var reader = RowReader(zeros, parser, shard: shard)
            for _ in 0..<3 {
                guard case .pending = try reader.next(waits: false) else { throw PendingError() }
            }
        }
    }

    private struct PendingError: Error {}
}

@Suite("Ids that were seen in a pipe")
struct SeenIDsTests {
    @Test("are found by whichever row came first, one's own id or a number")
    func both() {
        var seen = SeenIDs()
        func insert(_ id: String, _ number: Int) -> Int? { seen.insert(Array(id.utf8), of: number) }
        #expect(insert("1", 1) == nil)
        #expect(insert("a", 2) == nil)
        #expect(insert("3", 3) == nil)
        #expect(insert("a", 4) == 2)
        #expect(insert("1", 5) == 1)
        #expect(insert("2", 6) == nil)
        #expect(insert("2", 7) == 6)
        #expect(insert("8", 8) == nil)
        #expect(insert("10", 9) == nil)
        #expect(insert("10", 10) == 9)
        #expect(insert("03", 11) == nil)
        #expect(insert("99999999999999999999999", 12) == nil)
        #expect(insert("99999999999999999999999", 13) == 12)
    }
}
