/// The states that a pattern's machine is in at one place of a text.
struct PatternStates {
    private let program: [Pattern.Instruction]
    /// Where the machine is before its jumps, splits and checks.
    private var pending: [Int] = [0]
    /// The instructions that wait for the next scalar.
    private var waiting: [Int] = []
    /// For each instruction the last visit that reached it.
    private var visits: [Int]
    private var visit = 0

    /// Before the first scalar.
    init(_ program: [Pattern.Instruction]) {
        self.program = program
        visits = [Int](repeating: -1, count: program.count)
    }

    /// Goes on to the instructions that wait for a scalar.
    ///
    /// - Parameters:
    ///   - previous: the scalar before this place; nil at the start of the text.
    ///   - next: the one after it; nil at the end.
    ///   - isLast: whether `next` is a line feed that ends the text.
    /// - Returns: whether the pattern was found.
    mutating func enter(between previous: Unicode.Scalar?, and next: Unicode.Scalar?, isLast: Bool) -> Bool {
        visit += 1
        waiting.removeAll(keepingCapacity: true)
        while let place = pending.popLast() {
            guard visits[place] != visit else { continue }
            visits[place] = visit
            switch program[place] {
            case .take: waiting.append(place)
            case .found: return true
            case .jump(let target): pending.append(target)
            case .split(let first, let second): pending += [first, second]
            case .check(let assertion):
                if assertion.holds(between: previous, and: next, isLast: isLast) { pending.append(place + 1) }
            }
        }
        return false
    }

    /// Takes a scalar; a match may begin after it, too.
    mutating func take(_ scalar: Unicode.Scalar) {
        for place in waiting {
            guard case .take(let set) = program[place], set.contains(scalar) else { continue }
            pending.append(place + 1)
        }
        pending.append(0)
    }
}

extension Pattern.Assertion {
    fileprivate func holds(between previous: Unicode.Scalar?, and next: Unicode.Scalar?, isLast: Bool) -> Bool {
        switch self {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lastLineEnd: next == nil || isLast
        case .lineStart: previous.map { ScalarSet.isLineEnd($0) && !($0 == "\r" && next == "\n") } ?? true
        case .lineEnd: next.map { ScalarSet.isLineEnd($0) && !($0 == "\n" && previous == "\r") } ?? true
        case .wordBoundary: isWord(previous) != isWord(next)
        case .noWordBoundary: isWord(previous) == isWord(next)
        }
    }

    private func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(ScalarSet.isWord) ?? false }
}
