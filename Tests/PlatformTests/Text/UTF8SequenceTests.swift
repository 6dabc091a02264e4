import Platform
import Testing

@Suite("UTF-8 sequences")
struct UTF8SequenceTests {
    /// The length that Swift's own decoder gives to the character at the start, 0 when it repairs what stands there.
    private func expectedLength(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return 0 }
        return UTF8.width(scalar)
    }

    private func length(_ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { UTF8Sequence.length(at: 0, in: $0) }
    }

    private func mismatches(_ sequences: some Sequence<[UInt8]>) -> [[UInt8]] {
        sequences.filter { length($0) != expectedLength($0) }
    }

    /// One byte on each side of every limit that table 3-7 draws, for the bytes after the lead.
    private static let trails: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]

    @Test("every single byte and every pair is judged as by Swift's decoder")
    func oneAndTwoBytes() {
        let all = UInt8.min ... .max
        #expect(mismatches(all.map { [$0] }) == [])
        #expect(mismatches(all.lazy.flatMap { first in all.map { [first, $0] } }) == [])
    }

    @Test("three and four bytes with trails at every limit are judged as by Swift's decoder")
    func threeAndFourBytes() {
        for lead in UInt8(0xC0) ... .max {
            let threes = Self.trails.flatMap { second in Self.trails.map { [lead, second, $0] } }
            #expect(mismatches(threes) == [])
            #expect(mismatches(threes.flatMap { three in Self.trails.map { three + [$0] } }) == [])
        }
    }

    @Test("every character is as long as its UTF-8, and one byte less of it is nothing")
    func everyCharacter() {
        var wrong: [UInt32] = []
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            if length(bytes) != bytes.count || length(bytes + [0x80]) != bytes.count { wrong.append(value) }
            if bytes.count > 1, length(bytes.dropLast()) != 0 { wrong.append(value) }
        }
        #expect(wrong == [])
    }

    @Test(
        "the first bad byte is reported by its offset",
        arguments: [
            ([], nil), (Array("abc é夜😀".utf8), nil), ([0xFF], 0), ([0x61, 0x80], 1), ([0xC3, 0xA9, 0xC3], 2),
            ([0x61, 0xE5, 0xA4, 0x61], 1), ([0xED, 0xA0, 0x80], 0), ([0xF0, 0x9F, 0x98, 0x80, 0xF0, 0x9F], 4),
        ] as [([UInt8], Int?)])
    func firstInvalidOffset(bytes: [UInt8], offset: Int?) {
        #expect(UTF8Sequence.firstInvalidOffset(in: bytes) == offset)
    }

    @Test("a position inside the bytes is judged like the start")
    func positions() {
        let bytes = Array("aé夜😀".utf8)
        let lengths = bytes.withUnsafeBufferPointer { buffer in
            buffer.indices.map { UTF8Sequence.length(at: $0, in: buffer) }
        }
        #expect(lengths == [1, 2, 0, 3, 0, 0, 4, 0, 0, 0])
    }
}
