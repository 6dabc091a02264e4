/// What the documents say of a flag, in parts.
struct FlagFacts {
    /// What it does.
    let summary: String
    /// Default, range, how often, and variable; these stand in brackets behind the summary.
    let facts: [String]
    /// More, in sentences; may be empty.
    let details: String
    /// The values there are to choose from, when each has words of its own; else empty.
    let values: [NamedValue]

    /// The summary and the facts.
    ///
    /// - Parameter space: what stands between the words of a short fact, for a text that is not to be broken there.
    func line(space: String = " ") -> String {
        let spaced = facts.map { fact in
            fact.utf8.count > 40 ? fact : fact.split(separator: " ").joined(separator: space)
        }
        return spaced.isEmpty ? summary : "\(summary) [\(spaced.joined(separator: "; "))]"
    }

    /// The parts but for the values as sentences.
    var sentences: String { details.isEmpty ? "\(line())." : "\(line()). \(details)" }
}

extension FlagOutline {
    /// What the documents say of it.
    var facts: FlagFacts {
        let values = syntax.offer.isClosed ? syntax.offer.choices : []
        let isListed = values.contains { !$0.summary.isEmpty }
        let isNamed = !isListed && !values.isEmpty && syntax.shape == .required
        let facts = [
            defaultValue.map { "default: \($0)" },
            isNamed ? "one of " + values.map(\.name).joined(separator: ", ") : nil,
            syntax.requirement.isEmpty ? nil : syntax.requirement,
            maxOccurrences.flatMap { $0 == 1 ? nil : $0 == .max ? "repeatable" : "up to \($0) times" },
            environment.map { "env: \($0)" },
        ]
        return FlagFacts(
            summary: summary, facts: facts.compactMap(\.self), details: details, values: isListed ? values : [])
    }
}
