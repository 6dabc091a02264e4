/// SHA-256 (FIPS 180-4), of bytes that may come in pieces.
public struct SHA256: Sendable {
    private var state = SIMD8<UInt32>(
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
    /// The bytes after the last whole block.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    private static let blockSize = 64
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]

    /// A digest of no bytes yet.
    public init() {}

    /// The 32 bytes of the digest of `bytes`.
    public static func digest(of bytes: [UInt8]) -> [UInt8] { Self.bytes(of: words(of: bytes)) }

    /// The same as eight words, the first bytes in the highest bits.
    public static func words(of bytes: [UInt8]) -> SIMD8<UInt32> {
        var hash = SHA256()
        bytes.withUnsafeBufferPointer { bytes in
            let whole = bytes.count - bytes.count % blockSize
            compress(UnsafeBufferPointer(rebasing: bytes.prefix(whole)), into: &hash.state)
            pad(bytes[whole...], of: UInt64(bytes.count), into: &hash.state)
        }
        return hash.state
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { update($0) }
    }

    /// Takes the next bytes.
    public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        count += UInt64(bytes.count)
        var next = bytes[...]
        if !rest.isEmpty {
            let missing = next.prefix(Self.blockSize - rest.count)
            rest += missing
            next = next.dropFirst(missing.count)
            guard rest.count == Self.blockSize else { return }
            rest.withUnsafeBufferPointer { Self.compress($0, into: &state) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = next.count - next.count % Self.blockSize
        Self.compress(UnsafeBufferPointer(rebasing: next.prefix(whole)), into: &state)
        rest += next.dropFirst(whole)
    }

    /// The 32 bytes of the digest; nothing is to be added afterwards.
    public mutating func finish() -> [UInt8] {
        rest.withUnsafeBufferPointer { Self.pad($0[...], of: count, into: &state) }
        return Self.bytes(of: state)
    }

    /// Takes what is left after the whole blocks, with the bit and the length that end a message.
    private static func pad(
        _ rest: Slice<UnsafeBufferPointer<UInt8>>, of count: UInt64, into state: inout SIMD8<UInt32>
    ) {
        let size = rest.count + 9 > blockSize ? 2 * blockSize : blockSize
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { block in
            block.initialize(repeating: 0)
            for (place, byte) in rest.enumerated() { block[place] = byte }
            block[rest.count] = 0x80
            for place in 0..<8 {
                block[size - 1 - place] = UInt8(truncatingIfNeeded: (count << 3) >> UInt64(8 * place))
            }
            compress(UnsafeBufferPointer(block), into: &state)
        }
    }

    private static func bytes(of words: SIMD8<UInt32>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            for place in 0..<32 {
                buffer.initializeElement(
                    at: place, to: UInt8(truncatingIfNeeded: words[place / 4] >> UInt32(24 - place % 4 * 8)))
            }
            count = 32
        }
    }

    /// Takes whole blocks; memory is taken once for all of them.
    private static func compress(_ blocks: UnsafeBufferPointer<UInt8>, into state: inout SIMD8<UInt32>) {
        guard blocks.count >= blockSize else { return }
        constants.withUnsafeBufferPointer { constants in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: blockSize) { schedule in
                for start in stride(from: 0, to: blocks.count, by: blockSize) {
                    let block = UnsafeBufferPointer(rebasing: blocks[start..<start + blockSize])
                    fill(schedule, from: block, constants)
                    rounds(schedule, &state)
                }
            }
        }
    }

    /// The words of a block and those made of them, each with its constant added.
    private static func fill(
        _ schedule: UnsafeMutableBufferPointer<UInt32>, from block: UnsafeBufferPointer<UInt8>,
        _ constants: UnsafeBufferPointer<UInt32>
    ) {
        for i in 0..<16 {
            let word = UnsafeRawPointer(block.baseAddress.unsafelyUnwrapped)
                .loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
            schedule[i] = UInt32(bigEndian: word)
        }
        for i in 16..<64 {
            let (early, late) = (schedule[i &- 15], schedule[i &- 2])
            let first = turn(early, 7) ^ turn(early, 18) ^ (early >> 3)
            let second = turn(late, 17) ^ turn(late, 19) ^ (late >> 10)
            schedule[i] = schedule[i &- 16] &+ first &+ schedule[i &- 7] &+ second
        }
        for i in 0..<64 { schedule[i] = schedule[i] &+ constants[i] }
    }

    private static func rounds(_ schedule: UnsafeMutableBufferPointer<UInt32>, _ state: inout SIMD8<UInt32>) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        var i = 0
        // Eight at a time, after which each value is in its place again.
        while i < 64 {
            round(a, b, c, &d, e, f, g, &h, schedule[i])
            round(h, a, b, &c, d, e, f, &g, schedule[i &+ 1])
            round(g, h, a, &b, c, d, e, &f, schedule[i &+ 2])
            round(f, g, h, &a, b, c, d, &e, schedule[i &+ 3])
            round(e, f, g, &h, a, b, c, &d, schedule[i &+ 4])
            round(d, e, f, &g, h, a, b, &c, schedule[i &+ 5])
            round(c, d, e, &f, g, h, a, &b, schedule[i &+ 6])
            round(b, c, d, &e, f, g, h, &a, schedule[i &+ 7])
            i &+= 8
        }
        state = state &+ SIMD8(a, b, c, d, e, f, g, h)
    }

    @inline(__always)
    private static func round(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
        _ h: inout UInt32, _ word: UInt32
    ) {
        let choice = g ^ (e & (f ^ g))
        let sum = h &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ choice &+ word
        let majority = (a & b) | (c & (a | b))
        d = d &+ sum
        h = sum &+ (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ majority
    }

    @inline(__always)
    private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 &- count)
    }
}
