import Platform

/// A program that runs tasks on many machines, and the variables by which it tells each task which one it is.
struct Engine: Sendable {
    /// How its tasks are numbered.
    enum Numbering: Sendable {
        /// One after the other, from a first index; the variable with their count, where there is one.
        case from(Int, count: String?)
        /// One after the other, from 0 or from 1 as the user chose; without a count.
        case fromEither
        /// From a first to a last index in steps, which variables give. A count tells whether some are left out in between.
        case range(first: String, last: String, step: String, count: String?)
    }

    /// A variable that was read.
    typealias Variable = (name: String, value: [UInt8])

    /// Which shard a task is, and what says so.
    struct Place {
        let engine: String
        let shard: Shard
        let variables: [Variable]
    }

    /// Its name.
    let name: String
    /// The variables of which one has the task's index.
    let index: [String]
    /// What the variable has in a task that is not one of an array.
    let outside: String?
    /// How its tasks are numbered.
    let numbering: Numbering

    init(_ name: String, index: [String], outside: String? = nil, _ numbering: Numbering) {
        (self.name, self.index, self.outside, self.numbering) = (name, index, outside, numbering)
    }

    /// The place that the environment gives to this process.
    ///
    /// - Parameter count: how many shards there are, where no variable says so; nil when a variable has to.
    static func place(
        _ environment: @escaping (String) -> [UInt8]?, count: Int?
    ) throws(ShardError) -> Place {
        var found: [(engine: Engine, index: Variable)] = []
        for engine in all {
            if let index = engine.indexVariable(environment) { found.append((engine, index)) }
        }
        guard let (engine, index) = found.first else {
            throw ShardError(
                "no variable says which task of an array it is",
                hint: "known are \(own: all.map(\.index[0]).joined(separator: ", ")); --shard I/N names the part")
        }
        guard found.count == 1 else {
            let names = found.map { "\($0.engine.name) (\($0.index.name))" }.joined(separator: " and ")
            throw ShardError(
                "\(own: names) each say which task it is", hint: "--shard I/N names the part")
        }
        var reading = EngineReading(engine: engine, index: index, given: count, environment)
        let shard = try reading.shard()
        return Place(engine: engine.name, shard: shard, variables: reading.variables)
    }

    private func indexVariable(_ environment: (String) -> [UInt8]?) -> Variable? {
        for name in index {
            guard let value = environment(name), !value.isEmpty else { continue }
            if let outside, value.elementsEqual(outside.utf8) { continue }
            return (name, value)
        }
        return nil
    }
}
