import Testing

@testable import Batch

@Suite("A request digest")
struct RequestDigestTests {
    @Test("is read as it is written")
    func roundTrip() throws {
        let digest = RequestDigest(bytes: (0..<32).map { UInt8($0 * 8 + 7) })
        #expect(String(decoding: digest.hexadecimal, as: UTF8.self).hasPrefix("070f171f"))
        #expect(try #require(RequestDigest(hexadecimal: digest.hexadecimal)) == digest)
    }

    @Test(
        "is nothing else", arguments: ["", "00", String(repeating: "G", count: 64), String(repeating: "A", count: 64)])
    func refused(text: String) {
        #expect(RequestDigest(hexadecimal: Array(text.utf8)) == nil)
    }
}
