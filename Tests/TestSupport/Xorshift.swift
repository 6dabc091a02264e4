/// Random numbers that are the same in every run (Marsaglia's xorshift64).
public struct Xorshift: RandomNumberGenerator {
    private var state: UInt64

    /// The numbers that follow a seed, which is not 0.
    public init(state: UInt64) {
        self.state = state
    }

    /// The next number.
    public mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
