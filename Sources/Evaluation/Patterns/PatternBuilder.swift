/// A regular expression as it was read.
indirect enum PatternNode {
    case scalar(ScalarSet)
    case assertion(Pattern.Assertion)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// At least so often, and at most so often; nil for any number.
    case repeated(PatternNode, Int, Int?)
}

/// Makes the machine of a regular expression.
struct PatternBuilder {
    /// What keeps a pattern from needing more memory and time than anyone expects of it.
    static let limit = 10_000

    /// So far.
    private(set) var program: [Pattern.Instruction] = []
    /// Nodes that were looked at, those without instructions, too.
    private var visited = 0

    /// Adds the instructions of a node.
    ///
    /// - Throws: ``PatternError`` when there are too many.
    mutating func append(_ node: PatternNode) throws(PatternError) {
        visited += 1
        guard visited <= Self.limit else { throw PatternError("too large") }
        switch node {
        case .scalar(let set): program.append(.take(set))
        case .assertion(let assertion): program.append(.check(assertion))
        case .sequence(let nodes): for node in nodes { try append(node) }
        case .choice(let nodes): try append(choice: nodes)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try append(node) }
            if let most {
                try append(node, upTo: most - least)
            } else {
                try append(loop: node)
            }
        }
    }

    private mutating func append(choice nodes: [PatternNode]) throws(PatternError) {
        var ends: [Int] = []
        for node in nodes.dropLast() {
            let split = program.count
            program.append(.found)
            try append(node)
            ends.append(program.count)
            program.append(.found)
            program[split] = .split(split + 1, program.count)
        }
        if let last = nodes.last { try append(last) }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func append(_ node: PatternNode, upTo count: Int) throws(PatternError) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(program.count)
            program.append(.found)
            try append(node)
        }
        for split in splits { program[split] = .split(split + 1, program.count) }
    }

    private mutating func append(loop node: PatternNode) throws(PatternError) {
        let split = program.count
        program.append(.found)
        try append(node)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
    }
}
