import Platform
import Testing

@Suite("Bytes in blocks")
struct ByteBlocksTests {
    private static let sizes = [0, 1, 65_535, 65_536, 65_537, 200_000]

    @Test("what was added comes back, in pieces of bounded size", arguments: sizes)
    func drained(size: Int) {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var blocks = ByteBlocks()
        blocks.append(bytes.prefix(3))
        blocks.append(bytes.dropFirst(3))
        blocks.append(9)
        #expect(!blocks.isEmpty)
        var (output, written, largest) = ([UInt8](), [UInt8](), 0)
        let isWanted = blocks.drain(to: &output) { piece in
            largest = max(largest, piece.count)
            written += piece
            piece.removeAll()
            return true
        }
        #expect(isWanted && blocks.isEmpty && written + output == bytes + [9] && largest <= 128 << 10)
    }

    @Test("nothing more is given when no more is wanted")
    func unwanted() {
        var (blocks, output, count) = (ByteBlocks(), [UInt8](), 0)
        blocks.append([UInt8](repeating: 1, count: 300_000)[...])
        let isWanted = blocks.drain(to: &output) { _ in
            count += 1
            return false
        }
        #expect(!isWanted && count == 1 && output.count < 300_000)
    }
}
