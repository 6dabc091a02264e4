import JSON

/// What a row of many came to, as its record tells it.
public enum RecordedScore: Sendable {
    /// The scores of continuations, and the index of the right one; nil where it is not known.
    case continuations(ScoreComparison, answer: Int?)
    /// That of a text, without its least likely tokens.
    case text(TextScore)

    /// Reads the record of a row that is complete.
    ///
    /// - Parameters:
    ///   - line: JSON.
    ///   - normalization: by which continuations are compared.
    /// - Returns: nil for anything else.
    public init?(_ line: [UInt8], by normalization: Normalization) {
        guard let root = (try? JSONDocument(parsing: line))?.root else { return nil }
        if let text = root["score"] {
            guard let score = TextScore(record: text) else { return nil }
            self = .text(score)
        } else if let list = root["scores"], list.kind == .array {
            let scores = list.elements.compactMap(ContinuationScore.init(record:))
            guard !scores.isEmpty, scores.count == list.elementCount else { return nil }
            self = .continuations(ScoreComparison(scores, by: normalization), answer: root["answer"]?.integer)
        } else {
            return nil
        }
    }
}
