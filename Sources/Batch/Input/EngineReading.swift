import Platform

/// Works out a task's shard from the variables of its engine, and notes which ones it took.
struct EngineReading {
    private let engine: Engine
    private let index: Engine.Variable
    private let given: Int?
    private let environment: (String) -> [UInt8]?
    /// What was read, in order.
    private(set) var variables: [Engine.Variable]

    init(
        engine: Engine, index: Engine.Variable, given: Int?, _ environment: @escaping (String) -> [UInt8]?
    ) {
        (self.engine, self.index, self.given, self.environment) = (engine, index, given, environment)
        variables = [index]
    }

    /// The shard.
    ///
    /// - Throws: ``ShardError`` for a missing count, values that are no numbers, and an index whose place can't be known.
    mutating func shard() throws(ShardError) -> Shard {
        let index = try number(self.index)
        switch engine.numbering {
        case .from(let first, let variable):
            return try shard(number: index - first + 1, of: try count(variable))
        case .fromEither: return try shardFromEither(index, of: try count(nil))
        case .range(let first, let last, let step, let count):
            return try shard(index, from: try read(first), to: try read(last), by: try read(step), count)
        }
    }

    private mutating func shard(
        _ index: Int, from first: Int, to last: Int, by step: Int, _ countVariable: String?
    ) throws(ShardError) -> Shard {
        let step = max(1, step)
        let count = first <= last ? (last - first) / step + 1 : 0
        if let countVariable, try read(countVariable) != count {
            throw ShardError(
                """
                the \(own: engine.name) array leaves indices out, so that the place of \
                \(own: self.index.name)=\(index) among them can't be known
                """, hint: hint)
        }
        guard index >= first, (index - first) % step == 0 else {
            throw ShardError("\(own: shown) are not the indices of one array", hint: hint)
        }
        if count == 1 { return try shardOfSingleTask(index) }
        try checkGiven(count)
        // The same command takes the same part when one of its tasks is submitted again alone.
        if given != nil, step == 1, (0...1).contains(first) { return try shardFromEither(index, of: count) }
        return try shard(number: (index - first) / step + 1, of: count)
    }

    /// The shard of an array's only task: one that is submitted again alone looks the same, whatever array it was of.
    private func shardOfSingleTask(_ index: Int) throws(ShardError) -> Shard {
        guard let given else {
            throw ShardError(
                "this is the only task of its \(own: engine.name) array (\(own: shown)), which may be one of a larger array",
                hint: "--shard auto/N says of how many tasks, such as auto/32; --shard I/N names the part")
        }
        return given == 1 ? Shard(number: 1, count: 1) : try shardFromEither(index, of: given)
    }

    /// The shard of a task whose array counts from 0 or from 1: `0..<N` and `1...N` both name each part once when 0 is the
    /// last one.
    private func shardFromEither(_ index: Int, of count: Int) throws(ShardError) -> Shard {
        try shard(number: index == 0 ? count : index, of: count)
    }

    private func shard(number: Int, of count: Int) throws(ShardError) -> Shard {
        guard count > 0, (1...count).contains(number) else {
            throw ShardError(
                "\(own: index.name)=\(plain: index.value) is not one of \(count: count, "task")", hint: hint)
        }
        return Shard(number: number, count: count)
    }

    /// How many tasks there are: what the variable says, or else what was given.
    private mutating func count(_ variable: String?) throws(ShardError) -> Int {
        if let variable {
            let count = try read(variable)
            try checkGiven(count)
            return count
        }
        if let given { return given }
        throw ShardError(
            "\(own: engine.name) has no variable with the number of tasks",
            hint: "--shard auto/N gives it, such as auto/32 for 32 tasks")
    }

    private func checkGiven(_ count: Int) throws(ShardError) {
        guard let given, given != count else { return }
        throw ShardError("auto/\(given), but \(own: engine.name) has \(count: count, "task") (\(own: shown))")
    }

    private mutating func read(_ name: String) throws(ShardError) -> Int {
        guard let value = environment(name), !value.isEmpty else {
            throw ShardError("\(own: index.name) is set, but not \(own: name)", hint: hint)
        }
        variables.append((name, value))
        return try number((name, value))
    }

    private func number(_ variable: Engine.Variable) throws(ShardError) -> Int {
        guard variable.value.count < 16, let number = ShardChoice.number(variable.value) else {
            throw ShardError(
                "\(own: variable.name): \(quoted: variable.value) is not a whole number", hint: hint)
        }
        return number
    }

    private var hint: Message { "--shard I/N names the part" }

    private var shown: String {
        variables.map { "\($0.name)=\(String(decoding: $0.value, as: UTF8.self))" }.joined(separator: ", ")
    }
}
