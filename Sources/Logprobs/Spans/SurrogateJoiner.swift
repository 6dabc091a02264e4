public import API
import JSON

/// Joins the two halves of a character that a server split over chunks as `\ud83d` and `\ude00`.
public struct SurrogateJoiner: Sendable {
    /// The spelling of a first half that waits for its second, by choice.
    private var halves: [Int: [UInt8]] = [:]

    /// A joiner before the first chunk.
    public init() {}

    /// The text that a chunk completes, UTF-8.
    public mutating func text(of choice: ChoiceDelta) -> [UInt8] {
        let isLast = choice.finishReason != nil
        // A half that waits when the choice ends without more text has lost its other.
        let rest = isLast && halves[choice.index] != nil ? [UInt8]()[...] : nil
        guard let spelling = choice.textSource ?? rest else { return choice.text }
        // An empty text brings no other half, and takes none away.
        guard isLast || !spelling.isEmpty else { return [] }
        let open = isLast ? 0 : JSONString.openSurrogateLength(of: spelling)
        guard open > 0 || !halves.isEmpty else { return choice.text }
        let whole = halves.removeValue(forKey: choice.index) ?? []
        if open > 0 { halves[choice.index] = Array(spelling.suffix(open)) }
        return JSONString.unescape((whole + spelling.dropLast(open))[...])
    }
}
