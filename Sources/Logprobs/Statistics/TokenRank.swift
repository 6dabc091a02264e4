/// A token's place among the likeliest, counted from 1.
public enum TokenRank: Sendable, Equatable, CustomStringConvertible {
    /// This place.
    case exactly(Int)
    /// A place after this one, which is the last that the server sent of.
    case beyond(Int)

    /// `3`, or `>5`.
    public var description: String {
        switch self {
        case .exactly(let place): "\(place)"
        case .beyond(let place): ">\(place)"
        }
    }
}
