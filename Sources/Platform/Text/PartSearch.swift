extension Collection where Element: Equatable {
    /// Where a part occurs first; nil when it does not occur. An empty part occurs at the start.
    ///
    /// The shipped program has no part of Swift's regular expressions, from whose library `firstRange(of:)` comes.
    public func firstRange(matching part: some Collection<Element>) -> Range<Index>? {
        var start = startIndex
        while true {
            if let end = end(of: part, from: start) { return start..<end }
            guard start < endIndex else { return nil }
            formIndex(after: &start)
        }
    }

    /// The end of a part that begins at an index; nil when it does not.
    private func end(of part: some Collection<Element>, from start: Index) -> Index? {
        var place = start
        for element in part {
            guard place < endIndex, self[place] == element else { return nil }
            formIndex(after: &place)
        }
        return place
    }
}

extension StringProtocol {
    /// Whether a part occurs in it, byte for byte.
    public func includes(_ part: String) -> Bool { utf8.firstRange(matching: part.utf8) != nil }
}
