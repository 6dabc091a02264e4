/// Elements by the time when they are due, the first of those with the same time added first; adding and taking cost the
/// logarithm of their number.
struct DueQueue<Element> {
    private struct Entry {
        let time: Double
        let number: Int
        let element: Element

        func comes(before other: Entry) -> Bool {
            (time, number) < (other.time, other.number)
        }
    }

    /// A heap: no entry comes before the one at half its place.
    private var entries: [Entry] = []
    private var added = 0

    /// How many there are.
    var count: Int { entries.count }

    /// Whether there is none.
    var isEmpty: Bool { entries.isEmpty }

    /// When the first is due; nil when there is none.
    var firstTime: Double? { entries.first?.time }

    /// Adds an element.
    mutating func add(_ element: Element, dueAt time: Double) {
        entries.append(Entry(time: time, number: added, element: element))
        added += 1
        var place = entries.count - 1
        while place > 0, entries[place].comes(before: entries[(place - 1) / 2]) {
            entries.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// The first if it is due; nil when none is.
    func first(dueAt now: Double) -> Element? {
        guard let first = entries.first, first.time <= now else { return nil }
        return first.element
    }

    /// Takes out the first, due or not; nil when there is none.
    mutating func popFirst() -> Element? {
        guard let last = entries.popLast() else { return nil }
        guard let first = entries.first else { return last.element }
        entries[0] = last
        var place = 0
        while true {
            let children = min(2 * place + 1, entries.count)..<min(2 * place + 3, entries.count)
            guard !children.isEmpty, let next = children.min(by: { entries[$0].comes(before: entries[$1]) }),
                entries[next].comes(before: entries[place])
            else { return first.element }
            entries.swapAt(place, next)
            place = next
        }
    }
}
