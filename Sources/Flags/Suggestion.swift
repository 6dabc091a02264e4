/// "Did you mean": the nearest of a few names.
public enum Suggestion {
    /// The candidate with the fewest edits to `word`, if those are few enough to be a slip: one in three letters,
    /// capitals or not.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let typed = Array(word.lowercased().utf8.prefix(64))
        let most = max(1, typed.count / 3)
        // Each letter more or less is an edit.
        let best = candidates.filter { abs($0.utf8.count - typed.count) <= most }
            .map { (name: $0, edits: distance(typed, Array($0.lowercased().utf8))) }
            .min { $0.edits < $1.edits }
        guard let best, best.edits <= most else { return completion(of: word, among: candidates) }
        return best.name
    }

    /// The nearest candidates, the very nearest first.
    ///
    /// - Parameter most: how many at most.
    public static func nearest(_ most: Int, to word: String, among candidates: [String]) -> [String] {
        var (rest, found): ([String], [String]) = (candidates, [])
        while found.count < most, let next = nearest(to: word, among: rest) {
            found.append(next)
            rest.removeAll { $0 == next }
        }
        return found
    }

    /// The only candidate that begins with the word.
    private static func completion(of word: String, among candidates: [String]) -> String? {
        let matches = candidates.filter { word.utf8.count >= 3 && $0.hasPrefix(word) }
        return matches.count == 1 ? matches[0] : nil
    }

    /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbors.
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforePrevious = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in 1..<max(a.count + 1, 1) {
            var current = [i] + [Int](repeating: 0, count: b.count)
            for j in 1..<max(b.count + 1, 1) {
                let isSame = a[i - 1] == b[j - 1]
                current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    current[j] = min(current[j], beforePrevious[j - 2] + 1)
                }
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[b.count]
    }
}
