import Foundation
import Platform
import TestSupport

@testable import Batch

/// Inputs for tests, and what is read from them.
enum Records {
    /// Every record of some bytes, from a file with something before them that is not part of the input.
    static func ofFile(
        _ bytes: [UInt8], terminator: UInt8 = UInt8(ascii: "\n"), limit: Int = 1 << 20
    ) throws -> [Record] {
        let folder = try TemporaryFolder()
        let (file, descriptor) = try open(Array("before".utf8) + bytes, in: folder)
        defer { try? file.close() }
        Descriptor.seek(descriptor, to: 6)
        return try read(BatchInput(descriptor, "test"), terminator: terminator, limit: limit)
    }

    /// Every record of some bytes, from a pipe into which they are written in pieces.
    static func ofPipe(
        _ pieces: [[UInt8]], terminator: UInt8 = UInt8(ascii: "\n"), limit: Int = 1 << 20
    ) throws -> [Record] {
        let pipe = Pipe()
        Thread.detachNewThread {
            for piece in pieces { pipe.fileHandleForWriting.write(Data(piece)) }
            try? pipe.fileHandleForWriting.close()
        }
        let input = BatchInput(pipe.fileHandleForReading.fileDescriptor, "test")
        return try read(input, terminator: terminator, limit: limit)
    }

    /// A file with this content, open to be read.
    static func open(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> (FileHandle, Int32) {
        let path = folder.path("input")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        return (file, file.fileDescriptor)
    }

    private static func read(_ input: BatchInput, terminator: UInt8, limit: Int) throws -> [Record] {
        var reader = RecordReader(input, terminator: terminator, limit: limit)
        var records: [Record] = []
        while case .record(let record) = try reader.read(waits: true) { records.append(record) }
        return records
    }
}

extension [UInt8] {
    /// The bytes as text.
    var text: String { String(decoding: self, as: UTF8.self) }
}
