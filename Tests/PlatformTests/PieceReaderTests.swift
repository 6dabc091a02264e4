import Foundation
import Platform
import Testing

@Suite("Pieces of a descriptor")
struct PieceReaderTests {
    @Test("of a file are read from a place, and leave the descriptor where it stands")
    func file() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "pieces-\(UUID().uuidString)")
        let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 251) }
        try Data(content).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let file = try FileHandle(forReadingFrom: path)
        let reader = PieceReader(file.fileDescriptor, "test", from: 1000)
        var bytes: [UInt8] = []
        while case .bytes = try reader.read(waits: true) {
            #expect(reader.bytes.count <= PieceReader.pieceSize)
            bytes += reader.bytes
        }
        #expect(bytes == Array(content[1000...]))
        #expect(try file.offset() == 0)
        reader.move(to: 199_998)
        guard case .bytes = try reader.read(waits: false) else { throw CocoaError(.fileReadUnknown) }
        #expect(Array(reader.bytes) == Array(content[199_998...]))
    }

    @Test("say where a byte stands first")
    func find() throws {
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data("ab\ncd\n".utf8))
        let reader = PieceReader(pipe.fileHandleForReading.fileDescriptor, "test", from: nil)
        #expect(reader.firstIndex(of: 0x0A, from: 0) == nil)
        guard case .bytes = try reader.read(waits: false) else { throw CocoaError(.fileReadUnknown) }
        #expect(reader.firstIndex(of: 0x0A, from: 0) == 2)
        #expect(reader.firstIndex(of: 0x0A, from: 2) == 2)
        #expect(reader.firstIndex(of: 0x0A, from: 3) == 5)
        #expect(reader.firstIndex(of: 0x0A, from: 6) == nil)
        #expect(reader.firstIndex(of: 0x7A, from: 0) == nil)
    }

    @Test("of what is not open are an error")
    func closed() {
        let reader = PieceReader(.max, "test", from: nil)
        #expect(throws: SystemError.self) { try reader.read(waits: false) }
    }

    @Test("are waited for until someone writes")
    func wait() throws {
        let pipe = Pipe()
        let reader = PieceReader(pipe.fileHandleForReading.fileDescriptor, "test", from: nil)
        guard case .pending = try reader.read(waits: false) else { throw CocoaError(.fileReadUnknown) }
        Thread.detachNewThread { pipe.fileHandleForWriting.write(Data("x".utf8)) }
        guard case .bytes = try reader.read(waits: true) else { throw CocoaError(.fileReadUnknown) }
        #expect(reader.bytes.count == 1)
    }
}
