import Compression
import Testing

@testable import Client

@Suite("Compressed responses")
struct ContentDecodingTests {
    @Test(
        "what begins like text is read as it is, whatever the header says",
        arguments: ["{}", "[1]", "data: x", ": comment", " {}", "\n", "<html>", "slow down", "\u{FEFF}{}"])
    func plain(text: String) throws {
        for piece in [text.utf8.count, 1] {
            let decoding = try ContentDecoding("gzip")
            var bytes: [UInt8] = []
            for start in stride(from: 0, to: text.utf8.count, by: piece) {
                bytes += try decoding.feed(Array(text.utf8.dropFirst(start).prefix(piece)))
            }
            #expect(bytes == Array(text.utf8) && decoding.problemAtEnd() == nil)
        }
    }

    @Test("nothing is nothing, compressed or not")
    func empty() throws {
        let decoding = try ContentDecoding("gzip")
        #expect(try decoding.feed([]) == [] && decoding.problemAtEnd() == nil)
    }

    @Test(
        "an encoding that changes nothing may stand beside gzip",
        arguments: ["identity, gzip", "GZIP,identity", "x-gzip"])
    func several(value: String) throws {
        let compressed = try Gzip.compress([1, 2, 3], level: 6)
        #expect(try ContentDecoding(value).feed(compressed) == [1, 2, 3])
    }

    @Test("other encodings are not known", arguments: ["br", "zstd", "deflate", "gzip, gzip", "gzip, br", "gzipped"])
    func unknown(value: String) {
        #expect {
            try ContentDecoding(value)
        } throws: { error in
            guard case ContentDecoding.Problem.unknown(value) = error else { return false }
            return true
        }
    }

    @Test("what passes through has no limit, since little of it is held")
    func length() throws {
        let mebibyte = try Gzip.compress([UInt8](repeating: 0x20, count: 1 << 20), level: 9)
        let decoding = try ContentDecoding("gzip")
        for _ in 0..<300 { #expect(try decoding.feed(mebibyte).count == 1 << 20) }
    }
}
