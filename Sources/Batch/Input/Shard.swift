public import Platform

/// A part of an input's rows: every N-th by number.
public struct Shard: Equatable, Sendable {
    /// Which part it is, from 1.
    public let number: Int
    /// Into how many parts the rows are divided.
    public let count: Int

    /// A part; its number is in `1...count`.
    public init(number: Int, count: Int) {
        (self.number, self.count) = (number, count)
    }

    /// Whether a row belongs to it.
    ///
    /// - Parameter row: the row's number, from 1.
    public func contains(_ row: Int) -> Bool { (row - 1) % count == number - 1 }

    /// A path with `{shard}` and `{shards}` replaced by number and count, both with as many digits as the count has.
    public func fill(_ path: [UInt8]) -> [UInt8] {
        let width = String(count).utf8.count
        let shown = String(number)
        let padded = String(repeating: "0", count: width - shown.utf8.count) + shown
        return path.replacing("{shard}", with: padded).replacing("{shards}", with: String(count))
    }

    /// Whether a path has a placeholder, so that it needs a shard.
    public static func hasPlaceholder(_ path: [UInt8]) -> Bool {
        path != Shard(number: 1, count: 1).fill(path)
    }
}

extension [UInt8] {
    fileprivate func replacing(_ placeholder: String, with text: String) -> [UInt8] {
        let pattern = Array(placeholder.utf8)
        var result: [UInt8] = []
        var rest = self[...]
        while let byte = rest.first {
            if rest.starts(with: pattern) {
                result += text.utf8
                rest = rest.dropFirst(pattern.count)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}

/// Why no shard can be made of what was given, or of an engine's variables.
public struct ShardError: Error, Equatable, Sendable {
    /// One clause.
    public let problem: Message
    /// What would be right; nil when the clause says it.
    public let hint: Message?

    init(_ problem: Message, hint: Message? = nil) {
        (self.problem, self.hint) = (problem, hint)
    }
}
