public import Platform

/// What `--shard` says: `I/N`, `auto`, or `auto/N`.
public enum ShardChoice: Equatable, Sendable {
    /// This part.
    case given(Shard)
    /// The part that the variables of an engine name, of so many; nil when they name the count, too.
    case auto(of: Int?)

    /// Reads what was given.
    ///
    /// - Throws: ``ShardError`` for anything else.
    public init(parsing bytes: [UInt8]) throws(ShardError) {
        let parts = bytes.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        let count = parts.count == 2 ? Self.number(parts[1]) : nil
        let isAuto = parts[0].elementsEqual("auto".utf8)
        if isAuto, parts.count == 1 {
            self = .auto(of: nil)
        } else if isAuto, let count, count > 0 {
            self = .auto(of: count)
        } else if let number = Self.number(parts[0]), let count, (1...max(1, count)).contains(number), count > 0 {
            self = .given(Shard(number: number, count: count))
        } else {
            throw ShardError("\(quoted: bytes) is not I/N with I in 1..N, auto, or auto/N")
        }
    }

    /// The shard, and the sentence that says where it comes from; that is nil when it was given.
    ///
    /// - Parameter environment: the value of a variable; nil when it is not set.
    /// - Throws: ``ShardError`` when no engine, or more than one, says which shard it is, or not of how many.
    public func resolve(
        environment: @escaping (String) -> [UInt8]?
    ) throws(ShardError) -> (shard: Shard, note: Message?) {
        switch self {
        case .given(let shard): return (shard, nil)
        case .auto(let count):
            let place = try Engine.place(environment, count: count)
            let variables = place.variables.map { "\(own: $0.name)=\(plain: $0.value)" as Message }
            return (
                place.shard,
                """
                shard \(place.shard.number) of \(place.shard.count), from \(own: place.engine) \
                (\(variables.joined(separator: ", ")))
                """
            )
        }
    }

    /// Digits and nothing else.
    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
