/// Looks for secrets in a text, in one pass for each way in which they may be spelled.
enum SecretScan {
    /// A long text is looked at piece by piece, which bounds the memory that this takes.
    static let usualBlockLength = 1 << 20
    /// So far apart may be what separators split, where two pieces meet.
    private static let overlap = 1 << 12

    /// Where secrets and parts of them are, in order and apart from each other.
    static func ranges(
        of secrets: Secrets, in text: [UInt8], guesses: Bool = true, blockLength: Int = usualBlockLength
    ) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = min(text.count, start + blockLength)
            scan(text, max(0, start - overlap)..<end, for: secrets, guesses: guesses, &found)
            start = end
        }
        guard found.count > 1 else { return found }
        var merged: [Range<Int>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    private static func scan(
        _ text: [UInt8], _ block: Range<Int>, for secrets: Secrets, guesses: Bool, _ found: inout [Range<Int>]
    ) {
        var units = SpelledUnit.read(text, block)
        // An escape may be spelled with escapes, as where JSON holds JSON.
        for level in 0..<5 {
            if level > 0 {
                guard let inner = SpelledUnit.resolve(units) else { return }
                units = inner
            }
            for secret in secrets.short { find(secret, in: units, &found) }
            if guesses {
                findVendorKeys(in: units, &found)
                findCredentials(in: units, &found)
            }
            guard !secrets.long.secrets.isEmpty else { continue }
            let index = secrets.long.index
            let hasMarkup = units.contains { $0.byte == UInt8(ascii: "<") || $0.byte == UInt8(ascii: ":") }
            // A byte that is not UTF-8 may separate, or be part of a secret.
            let strays = units.contains(where: \.isStray) ? [false, true] : [false]
            for skipsStrays in strays {
                findRuns(index, in: units, skipsMarkup: false, skipsStrays: skipsStrays, &found)
                if hasMarkup { findRuns(index, in: units, skipsMarkup: true, skipsStrays: skipsStrays, &found) }
            }
        }
    }

    /// Finds runs of long secrets, whatever separators stand inside of them.
    private static func findRuns(
        _ index: SecretRuns.Index, in units: [SpelledUnit], skipsMarkup: Bool, skipsStrays: Bool,
        _ found: inout [Range<Int>]
    ) {
        let length = SecretRuns.length
        var window: UInt64 = 0
        var count = 0
        var starts = [Int](repeating: 0, count: length)
        var last: Range<Int>?
        var place = 0
        while place < units.count {
            let unit = units[place]
            if skipsMarkup, let next = Markup.end(at: place, in: units) {
                place = next
                continue
            }
            place += 1
            if unit.isSeparator || skipsStrays && unit.isStray { continue }
            window = window << 8 | UInt64(unit.byte)
            starts[count % length] = unit.start
            count += 1
            guard count >= length, index.ends[Int(unit.byte)], index.runs.contains(window) else { continue }
            let start = starts[count % length]
            if let known = last, start <= known.upperBound {
                last = known.lowerBound..<unit.end
            } else {
                if let last { found.append(last) }
                last = start..<unit.end
            }
        }
        if let last { found.append(last) }
    }

    /// Finds a short secret where it is complete.
    private static func find(_ secret: [UInt8], in units: [SpelledUnit], _ found: inout [Range<Int>]) {
        guard let first = secret.first, units.count >= secret.count else { return }
        for place in 0...units.count - secret.count where units[place].byte == first {
            let end = place + secret.count
            guard units[place..<end].elementsEqual(secret, by: { $0.byte == $1 }) else { continue }
            let isInside =
                place > 0 && units[place - 1].isWordByte || end < units.count && units[end].isWordByte
            if secret.count >= SecretRuns.length || !isInside { found.append(units[place].start..<units[end - 1].end) }
        }
    }

    /// Finds what begins as the vendor's keys do: one that was put in the wrong place is no less secret.
    private static func findVendorKeys(in units: [SpelledUnit], _ found: inout [Range<Int>]) {
        let prefix = Array("csk-".utf8)
        var place = 0
        while place + 12 <= units.count {
            guard units[place].byte == prefix[0],
                units[place..<place + prefix.count].elementsEqual(prefix, by: { $0.byte == $1 })
            else {
                place += 1
                continue
            }
            var end = place + prefix.count
            while end < units.count, units[end].isKeyByte { end += 1 }
            if end - place >= 12 { found.append(units[place].start..<units[end - 1].end) }
            place = end
        }
    }
}

extension SecretScan {
    /// Finds what stands between `://` and `@` in an address.
    private static func findCredentials(in units: [SpelledUnit], _ found: inout [Range<Int>]) {
        let mark = Array("://".utf8)
        var place = 0
        while place + mark.count < units.count {
            guard units[place].byte == mark[0], units[place + 1].byte == mark[1], units[place + 2].byte == mark[2]
            else {
                place += 1
                continue
            }
            let start = place + mark.count
            let end = units[start...].firstIndex { $0.isSeparator || "/\"'<>".utf8.contains($0.byte) } ?? units.endIndex
            if let last = units[start..<end].lastIndex(where: { $0.byte == UInt8(ascii: "@") }), last > start {
                found.append(units[start].start..<units[last - 1].end)
            }
            place = end
        }
    }
}

/// What separates in a page or an event stream and is not shown as a word.
private enum Markup {
    /// The place behind a tag, or behind a line end and the name of an event stream's field; nil where neither begins. A
    /// blank may be what is left of a line end.
    static func end(at place: Int, in units: [SpelledUnit]) -> Int? {
        let unit = units[place]
        if unit.isSeparator { return fieldEnd(after: place, in: units) }
        guard unit.byte == UInt8(ascii: "<") else { return nil }
        // Another tag's beginning ends the search, which makes it linear.
        let rest = units[(place + 1)...]
        guard let end = rest.firstIndex(where: { $0.byte == UInt8(ascii: ">") || $0.byte == UInt8(ascii: "<") }) else {
            return nil
        }
        return units[end].byte == UInt8(ascii: ">") ? end + 1 : nil
    }

    private static func fieldEnd(after place: Int, in units: [SpelledUnit]) -> Int? {
        let rest = units[(place + 1)...].prefix(6)
        for name in ["data:", "event:", "retry:", "id:", ":"]
        where rest.count >= name.utf8.count && zip(rest, name.utf8).allSatisfy({ $0.byte == $1 }) {
            return place + 1 + name.utf8.count
        }
        return nil
    }
}
