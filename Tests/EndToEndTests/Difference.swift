/// How something that a program did differs from what was expected, for a person to read.
enum Difference {
    /// Two texts, line by line: `-` before what is missing, `+` before what should not be there.
    static func describe(_ label: String, expected: [UInt8], actual: [UInt8]) -> String {
        let (expected, actual) = (Escapes.lines(showing: expected), Escapes.lines(showing: actual))
        let changes = actual.difference(from: expected)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines = ["\(label) (- expected, + actual):"]
        var (left, right) = (0, 0)
        while left < expected.count || right < actual.count {
            if left < expected.count, removed.contains(left) {
                lines.append("  - \(expected[left])")
                left += 1
            } else if right < actual.count, inserted.contains(right) {
                lines.append("  + \(actual[right])")
                right += 1
            } else {
                lines.append("    \(expected[left])")
                left += 1
                right += 1
            }
        }
        return lines.joined(separator: "\n")
    }
}
