import API

/// Something odd in what the server says of a token, which a reader of its numbers should know.
public enum TokenFlag: String, CaseIterable, Sendable {
    case null, partial, alike, unlisted, short, positive

    /// What it says, in a clause.
    public var meaning: String {
        switch self {
        case .null: "no log probability"
        case .partial: "part of a character"
        case .alike: "alternatives look alike"
        case .unlisted: "not among its alternatives"
        case .short: "fewer alternatives than requested"
        case .positive: "a log probability above 0"
        }
    }
}

extension TokenStatistics {
    /// What is odd, in the order of the flags.
    public var flags: [TokenFlag] {
        TokenFlag.allCases.filter {
            switch $0 {
            case .null: token.logprob == nil
            case .partial: isPartial
            case .alike: repeatedTexts > 0
            case .unlisted: isUnlisted
            case .short: isShort && token.logprob != nil
            case .positive: isPositive
            }
        }
    }
}
