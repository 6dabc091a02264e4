import Flags

/// What of a response may be held in memory. What passes through, such as a stream's text, is not limited.
enum ResponseLimit {
    /// No completion is so long; what is made to be huge is.
    static let defaultValue = ByteCount(256 << 20)
    /// Of an error's body, which only its message is wanted of.
    static let errorBody = 1 << 20
    /// What a choice takes besides its text: its place in the tables of those that have come and ended.
    static let choice = 1 << 10
}
