import Foundation
import Testing

@testable import Platform

@Suite("An output stream")
struct StreamOutputTests {
    private let ends: [Int32]

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        self.ends = ends
    }

    private func read(_ most: Int) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = Foundation.read(ends[0], &buffer, most)
        return Array(buffer.prefix(max(0, count)))
    }

    private func close(_ descriptors: Int32...) {
        for descriptor in descriptors { Foundation.close(descriptor) }
    }

    @Test("gives a slow reader everything in order, and waits for it only at the end")
    func slow() async throws {
        let output = StreamOutput(ends[1], "pipe")
        let piece = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 * 7 + ($0 >> 8)) }
        for _ in 0..<4 {
            output.add(piece)
            try output.pump()
        }
        #expect(output.pendingCount > 0 && output.pendingPieces > 0 && output.pendingPieces < 4)
        let first = read(10_000)
        try output.pump()
        let reader = Task.detached { [self] in
            var all: [UInt8] = []
            while true {
                let bytes = read(1 << 16)
                if bytes.isEmpty { return all }
                all += bytes
            }
        }
        try output.finish()
        #expect(output.pendingCount == 0 && output.pendingPieces == 0)
        close(ends[1])
        let rest = await reader.value
        #expect(first + rest == piece + piece + piece + piece)
        close(ends[0])
    }

    @Test("knows that the reader has gone, also while there is nothing to write")
    func closed() throws {
        let output = StreamOutput(ends[1], "pipe")
        try output.pump()
        close(ends[0])
        let error = #expect(throws: SystemError.self) { try output.pump() }
        guard case .closedPipe? = error else { throw try #require(error) }
        output.add([1])
        #expect(throws: SystemError.self) { try output.finish() }
        #expect(output.pendingPieces == 1)
        close(ends[1])
    }

    @Test("writes a file at once, and says what keeps it from that")
    func file() throws {
        close(ends[0], ends[1])
        let url = FileManager.default.temporaryDirectory.appending(path: "stream-\(UUID())")
        defer { try? FileManager.default.removeItem(at: url) }
        let descriptor = open(url.path, O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        let output = StreamOutput(descriptor, "file")
        output.add([UInt8](repeating: 1, count: 1_000_000))
        try output.pump()
        #expect(output.pendingCount == 0 && lseek(descriptor, 0, SEEK_END) == 1_000_000)

        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let device = StreamOutput(full, "device")
        device.add([1])
        let error = #expect(throws: SystemError.self) { try device.pump() }
        guard case .call(_, let number)? = error else { throw try #require(error) }
        #expect(number.number == ENOSPC)
    }
}
