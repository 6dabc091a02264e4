/// A sum of any length in constant memory, as exact as Doubles allow: what each addition rounds off is kept and added
/// back (Neumaier's summation).
public struct CompensatedSum: Sendable {
    private var sum = 0.0
    private var lost = 0.0

    /// Nothing summed yet.
    public init() {}

    /// Adds a term.
    public mutating func add(_ term: Double) {
        let next = sum + term
        // Of an infinity nothing was rounded off.
        if next.isFinite { lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum }
        sum = next
    }

    /// The sum of what was added; 0 of nothing.
    public var value: Double { sum + lost }
}

extension Sequence where Element == Double {
    /// The sum, compensated.
    var compensatedSum: Double {
        var sum = CompensatedSum()
        for term in self { sum.add(term) }
        return sum.value
    }
}
