import Compression
import Testing

@testable import CLI

@Suite("Compressed replies")
struct ContentDecodingTests {
    @Test("what is made to unpack to very much is refused before it does")
    func limit() throws {
        let mebibyte = try Gzip.compress([UInt8](repeating: 0x20, count: 1 << 20), level: 9)
        let decoding = try ContentDecoding("gzip")
        for _ in 0..<(ContentDecoding.limit >> 20) { #expect(try decoding.feed(mebibyte).count == 1 << 20) }
        #expect {
            try decoding.feed(mebibyte)
        } throws: { error in
            guard case ContentDecoding.Problem.damaged(let reason) = error else { return false }
            return reason == "it unpacks to more than 256 MiB"
        }
    }
}
