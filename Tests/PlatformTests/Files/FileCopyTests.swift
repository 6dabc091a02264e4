import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite("A copy of stretches of a file")
struct FileCopyTests {
    @Test("has them in the order in which they were added, however long they are")
    func stretches() throws {
        let folder = try TemporaryFolder()
        let content: [UInt8] = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 * 31 + ($0 >> 8)) }
        try Data(content).write(to: folder.url.appending(path: "a"))
        let (source, target) = (
            open(folder.path("a"), O_RDONLY), open(folder.path("b"), O_RDWR | O_CREAT, 0o600)
        )
        defer { for descriptor in [source, target] { close(descriptor) } }
        let copy = FileCopy(from: source, to: target, "file")
        let ranges = [900_000..<1_000_000, 10..<10, 0..<700_000, 5..<6]
        for range in ranges { try copy.add(range) }
        try copy.add(bytes: [1, 2, 3])
        try copy.finish()
        let expected = ranges.reduce(into: [UInt8]()) { $0 += content[$1] } + [1, 2, 3]
        #expect(FileManager.default.contents(atPath: folder.path("b")).map(Array.init) == expected)
        #expect(throws: SystemError.self) { try copy.add(999_999..<1_000_001) }
        #expect(throws: SystemError.self) { try FileCopy(from: -1, to: target, "file").add(0..<1) }
    }
}
