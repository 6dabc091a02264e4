import Compression
import Testing

@Suite("Gzip")
struct GzipTests {
    private let text = (0..<3_000_000).map { UInt8(truncatingIfNeeded: ($0 &* 31) >> 5) & 0x1F }

    @Test(arguments: [0, 1, 4095, 1 << 20, (1 << 20) + 1, 3_000_000])
    func whatIsCompressedComesBack(size: Int) throws {
        for level in [Int32(1), 4, 9] {
            let compressed = try Gzip.compress(Array(text.prefix(size)), level: level)
            #expect(try Gunzip.decompress(compressed, limit: 1 << 30) == Array(text.prefix(size)))
        }
    }

    @Test func piecesMakeOneMember() throws {
        var gzip = try Gzip(level: 6)
        var output: [UInt8] = []
        for start in stride(from: 0, to: 10_000, by: 100) {
            output += gzip.feed(text[start..<start + 100], isLast: start == 9900)
        }
        #expect(try Gunzip.decompress(output, limit: 1 << 20) == Array(text.prefix(10_000)))
    }

    @Test func theSameBytesGiveTheSameBytes() throws {
        // No time and no name in the header, so that a request can be repeated to the byte.
        let compressed = try Gzip.compress(Array("stormy".utf8), level: 4)
        #expect(Array(compressed.prefix(4)) == [0x1F, 0x8B, 8, 0] && Array(compressed[4..<8]) == [0, 0, 0, 0])
    }
}
