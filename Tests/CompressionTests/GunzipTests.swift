import CZlib
import Compression
import Testing

@Suite("Gunzip")
struct GunzipTests {
    /// zlib's own compressor, since the reader is what is tested.
    private func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1024)
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                deflate(&stream, Z_FINISH)
            }
        }
        defer { deflateEnd(&stream) }
        return Array(output.prefix(Int(stream.total_out)))
    }

    private let text = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }

    @Test func whatWasCompressedComesBack() throws {
        #expect(try Gunzip.decompress(gzip(text), limit: 1 << 20) == text)
        #expect(try Gunzip.decompress(gzip([]), limit: 1) == [])
    }

    @Test func membersFollowEachOther() throws {
        #expect(try Gunzip.decompress(gzip([1, 2]) + gzip([]) + gzip([3]), limit: 10) == [1, 2, 3])
    }

    @Test func piecesOfAnySizeGiveTheSame() throws {
        let compressed = gzip(Array(text.prefix(3000)))
        var gunzip = try Gunzip(limit: 1 << 20)
        var output: [UInt8] = []
        for byte in compressed { output += try gunzip.feed([byte]) }
        try gunzip.finish()
        #expect(output == Array(text.prefix(3000)))
    }

    @Test func everyCutIsNoticed() {
        let compressed = gzip(Array("It was a dark and stormy night".utf8))
        for end in 0..<compressed.count {
            #expect(throws: CompressionError.cutShort) {
                try Gunzip.decompress(Array(compressed.prefix(end)), limit: 1000)
            }
        }
    }

    @Test func damageIsNoticed() {
        var compressed = gzip(Array("It was a dark and stormy night".utf8))
        compressed[compressed.count - 6] ^= 1
        #expect(throws: CompressionError.damaged("incorrect data check")) {
            try Gunzip.decompress(compressed, limit: 1000)
        }
        #expect(throws: CompressionError.damaged("incorrect header check")) {
            try Gunzip.decompress(Array("plain text".utf8), limit: 1000)
        }
    }

    @Test(arguments: [1, 512, 100_000])
    func zerosAfterAMemberArePadding(count: Int) throws {
        let zeros = [UInt8](repeating: 0, count: count)
        #expect(try Gunzip.decompress(gzip([1, 2]) + zeros, limit: 10) == [1, 2])
        #expect(try Gunzip.decompress(gzip([1]) + zeros + gzip([2]) + zeros, limit: 10) == [1, 2])
        var gunzip = try Gunzip(limit: 10)
        var output: [UInt8] = []
        for byte in gzip([1, 2]) + zeros.prefix(512) { output += try gunzip.feed([byte]) }
        try gunzip.finish()
        #expect(output == [1, 2])
        #expect(throws: CompressionError.self) { try Gunzip.decompress(gzip([1]) + zeros + [7, 7], limit: 10) }
        #expect(throws: CompressionError.self) { try Gunzip.decompress(zeros, limit: 10) }
    }

    @Test func bytesAfterTheEndAreNotGzip() {
        #expect(throws: CompressionError.self) { try Gunzip.decompress(gzip([1]) + [7, 7, 7], limit: 1000) }
    }

    @Test func tooMuchIsRefused() {
        let bomb = gzip([UInt8](repeating: 0, count: 1 << 20))
        #expect(throws: CompressionError.overLimit(1000)) { try Gunzip.decompress(bomb, limit: 1000) }
    }
}
