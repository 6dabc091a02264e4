import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite("A scan of lines")
struct LineScanTests {
    private func lines(_ content: [UInt8], isPipe: Bool, limit: Int = 1 << 31) throws -> [(LineScan.Line, [UInt8])] {
        let folder = try TemporaryFolder()
        try Data(content).write(to: folder.url.appending(path: "a"))
        let file = open(folder.path("a"), O_RDONLY)
        defer { close(file) }
        var descriptor = file
        let cat = Process()
        if isPipe {
            let pipe = Pipe()
            cat.executableURL = URL(fileURLWithPath: "/bin/cat")
            cat.arguments = [folder.path("a")]
            cat.standardOutput = pipe
            try cat.run()
            descriptor = pipe.fileHandleForReading.fileDescriptor
            return try read(descriptor, limit)
        }
        return try read(descriptor, limit)
    }

    private func read(_ descriptor: Int32, _ limit: Int) throws -> [(LineScan.Line, [UInt8])] {
        let scan = LineScan(descriptor, "file", limit: limit)
        var lines: [(LineScan.Line, [UInt8])] = []
        while let line = try scan.next() { lines.append((line, scan.withBytes { Array($0) })) }
        return lines
    }

    @Test(
        "gives each line with its place, of a file or a pipe, longer than what is read at once",
        arguments: [false, true])
    func lines(isPipe: Bool) throws {
        let texts = [
            "", "a", String(repeating: "b", count: 1_000_000), "\r", "", String(repeating: "c", count: 300_000),
        ]
        let found = try lines(Array(texts.joined(separator: "\n").utf8), isPipe: isPipe)
        #expect(found.map { String(decoding: $0.1, as: UTF8.self) } == texts)
        var offset = 0
        for (position, (line, bytes)) in found.enumerated() {
            let isLast = position == texts.count - 1
            #expect(
                line
                    == LineScan.Line(
                        number: position + 1, offset: offset, length: bytes.count, isTerminated: !isLast))
            offset = line.range.upperBound
        }
    }

    @Test("gives no line after the last newline, and none of an empty file")
    func ends() throws {
        #expect(try lines([], isPipe: false).isEmpty)
        #expect(try lines([0x0A], isPipe: false).map(\.0.length) == [0])
        #expect(try lines(Array("a\n".utf8), isPipe: true).map(\.0.isTerminated) == [true])
    }

    @Test("of a file begins at its beginning, wherever the descriptor stands")
    func position() throws {
        let folder = try TemporaryFolder()
        try Data("a\nb\n".utf8).write(to: folder.url.appending(path: "a"))
        let descriptor = open(folder.path("a"), O_RDONLY)
        defer { close(descriptor) }
        lseek(descriptor, 3, SEEK_SET)
        #expect(try read(descriptor, 100).map(\.1) == [[0x61], [0x62]])
        #expect(lseek(descriptor, 0, SEEK_CUR) == 3)
    }

    @Test("refuses a line beyond the limit, and a descriptor that can't be read")
    func refused() throws {
        let long = [UInt8](repeating: 0x61, count: 600_000)
        #expect(throws: SystemError.self) { try lines([0x0A] + long, isPipe: false, limit: 500_000) }
        #expect(try lines(long, isPipe: false, limit: 600_000).count == 1)
        #expect(throws: SystemError.self) { try read(-1, 100) }
    }
}
