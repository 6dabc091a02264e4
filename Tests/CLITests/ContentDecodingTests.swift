import Compression
import Testing

@testable import CLI

@Suite("Compressed replies")
struct ContentDecodingTests {
    @Test("what passes through has no limit, since little of it is held")
    func length() throws {
        let mebibyte = try Gzip.compress([UInt8](repeating: 0x20, count: 1 << 20), level: 9)
        let decoding = try ContentDecoding("gzip")
        for _ in 0..<300 { #expect(try decoding.feed(mebibyte).count == 1 << 20) }
    }
}
