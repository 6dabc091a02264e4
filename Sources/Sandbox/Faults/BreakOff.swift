/// What becomes of a body that is not sent to its end.
struct BreakOff: Sendable {
    /// What comes in place of the rest.
    enum Rest: Sendable {
        /// Nothing; it is over.
        case nothing
        /// An error.
        case error
        /// Nothing, while the connection stays open.
        case silence
    }

    /// Longer than any server runs.
    static let silence = Duration.seconds(1_000_000_000)

    /// What comes then.
    let rest: Rest
    /// How many chunks of a stream come before it.
    let chunks: Int
}
