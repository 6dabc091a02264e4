import API

/// A token of a choice, or what came in place of one.
struct TokenEntry {
    /// The choice's index.
    let choice: Int
    /// The part of the choice that it belongs to.
    let part: TokenPart
    /// Its place in that part, from 0.
    let position: Int
    /// The bytes; nil when the server tells none.
    let text: [UInt8]?
    /// Its ID; nil when the server tells none.
    let id: Int?
    /// What its log probabilities say; nil when it came without any: then `text` may be more than a token.
    let statistics: TokenStatistics?
    /// The part's figures up to and with this token.
    let figures: ChoiceStatistics
}
