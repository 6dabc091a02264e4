import Foundation
import Platform
import TestSupport
import Testing

@testable import Batch

@Suite("The records of an input")
struct RecordReaderTests {
    @Test(
        "are what stands before each newline, byte for byte",
        arguments: [
            ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]),
            ("\n\na\n\n", ["", "", "a", ""]),
            ("a\r\nb\r\n", ["a\r", "b\r"]), ("a\0b\n", ["a\0b"]), (" a \n", [" a "]), ("夜\nnight", ["夜", "night"]),
        ] as [(String, [String])])
    func lines(text: String, expected: [String]) throws {
        let bytes = Array(text.utf8)
        #expect(try Records.ofFile(bytes).map(\.bytes.text) == expected)
        #expect(try Records.ofPipe([bytes]).map(\.bytes.text) == expected)
        #expect(try Records.ofPipe(bytes.map { [$0] }).map(\.bytes.text) == expected)
    }

    @Test("are what stands before each NUL")
    func nul() throws {
        let bytes = Array("one\ntwo\0\0three\n\0four".utf8)
        for records in try [Records.ofFile(bytes, terminator: 0), Records.ofPipe([bytes], terminator: 0)] {
            #expect(records.map(\.bytes.text) == ["one\ntwo", "", "three\n", "four"])
        }
    }

    @Test("keep bytes that are not UTF-8")
    func anyBytes() throws {
        let bytes = (0...255).map { UInt8($0) }
        let expected = [Array(bytes[..<10]), Array(bytes[11...])]
        #expect(try Records.ofFile(bytes).map(\.bytes) == expected)
    }

    @Test("know their number and where they begin")
    func places() throws {
        let records = try Records.ofFile(Array("ab\n\ncde".utf8))
        #expect(records.map(\.number) == [1, 2, 3])
        #expect(records.map(\.offset) == [6, 9, 10])
        #expect(try Records.ofPipe([Array("ab\n\ncde".utf8)]).map(\.offset) == [0, 3, 4])
    }

    @Test("may be longer than a piece, and end at any place of one")
    func long() throws {
        let lengths = [PieceReader.pieceSize - 1, PieceReader.pieceSize, PieceReader.pieceSize + 1, 300_000, 0, 1]
        let lines = lengths.enumerated().map { i, length in
            [UInt8](repeating: UInt8(ascii: "a") + UInt8(i), count: length)
        }
        let bytes = Array(lines.map { $0 + [UInt8(ascii: "\n")] }.joined())
        #expect(try Records.ofFile(bytes).map(\.bytes) == lines)
        #expect(try Records.ofPipe([bytes]).map(\.bytes) == lines)
    }

    @Test("are passed by when they are longer than the limit, and the next one is read")
    func tooLong() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 200_001)
        let bytes = Array("first\n".utf8) + long + Array("\nlast\n".utf8)
        for records in try [Records.ofFile(bytes, limit: 200_000), Records.ofPipe([bytes], limit: 200_000)] {
            #expect(records.map(\.isTooLong) == [false, true, false])
            #expect(records.map(\.bytes.text) == ["first", "", "last"])
            #expect(records.map(\.number) == [1, 2, 3])
        }
        #expect(try Records.ofFile(bytes, limit: 200_001).map(\.isTooLong) == [false, false, false])
        let unended = try Records.ofFile(long, limit: 100_000)
        #expect(unended.map(\.isTooLong) == [true])
    }

    @Test("are not waited for when that is not wanted")
    func pending() throws {
        let pipe = Pipe()
        var reader = RecordReader(
            BatchInput(pipe.fileHandleForReading.fileDescriptor, "test"), terminator: UInt8(ascii: "\n"))
        func read() throws -> String {
            switch try reader.read(waits: false) {
            case .record(let record): record.bytes.text
            case .pending: "(pending)"
            case .end: "(end)"
            }
        }
        #expect(try read() == "(pending)")
        pipe.fileHandleForWriting.write(Data("one\ntw".utf8))
        #expect(try read() == "one")
        #expect(try read() == "(pending)")
        pipe.fileHandleForWriting.write(Data("o\nthree".utf8))
        #expect(try read() == "two")
        #expect(try read() == "(pending)")
        try pipe.fileHandleForWriting.close()
        #expect(try read() == "three")
        #expect(try read() == "(end)")
    }

    @Test("of a file are read from any place again")
    func move() throws {
        let folder = try TemporaryFolder()
        let (file, descriptor) = try Records.open(Array("one\ntwo\nthree\nfour\n".utf8), in: folder)
        defer { try? file.close() }
        var reader = RecordReader(BatchInput(descriptor, "test"), terminator: UInt8(ascii: "\n"))
        func read() throws -> String {
            guard case .record(let record) = try reader.read(waits: true) else { return "(end)" }
            return "\(record.number) \(record.bytes.text)"
        }
        #expect(try read() == "1 one")
        reader.move(to: 8, number: 3)
        #expect(try read() == "3 three")
        #expect(try read() == "4 four")
        reader.move(to: 4, number: 2)
        #expect(try read() == "2 two")
    }

    @Test("of a folder are an error of the system's")
    func folder() throws {
        let folder = try TemporaryFolder()
        let path = Array(folder.url.path.utf8)
        let input = try BatchInput.open(path, ProcessContext())
        #expect(!input.isFile)
        var reader = RecordReader(input, terminator: UInt8(ascii: "\n"))
        #expect(throws: SystemError.self) { try reader.read(waits: true) }
    }
}
