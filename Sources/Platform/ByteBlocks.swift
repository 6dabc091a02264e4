/// Takes what is in an output and empties it; false when no more is wanted.
public typealias OutputFlush = (inout [UInt8]) -> Bool

extension [UInt8] {
    /// Flushes an output that has grown large; false when no more is wanted.
    public mutating func flushIfLarge(_ flush: OutputFlush) -> Bool { count < ByteBlocks.blockSize || flush(&self) }
}

/// Bytes that grow at their end and are written once: in blocks, so that they are never in memory twice, as an array is
/// whenever it grows.
public struct ByteBlocks: Sendable {
    /// In bytes.
    static let blockSize = 64 << 10

    /// All but the last are full.
    private var blocks: [[UInt8]] = [[]]

    /// No bytes.
    public init() {}

    /// Whether there are no bytes.
    public var isEmpty: Bool { blocks.count == 1 && blocks[0].isEmpty }

    /// Adds bytes at the end.
    public mutating func append(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while true {
            let last = blocks.count - 1
            let room = Self.blockSize - blocks[last].count
            blocks[last] += rest.prefix(room)
            if rest.count < room { return }
            rest = rest.dropFirst(room)
            blocks.append([])
            blocks[last + 1].reserveCapacity(Self.blockSize)
        }
    }

    /// Adds a byte at the end.
    public mutating func append(_ byte: UInt8) {
        blocks[blocks.count - 1].append(byte)
        if blocks[blocks.count - 1].count >= Self.blockSize { blocks.append([]) }
    }

    /// Gives the blocks in order, and forgets each before the next.
    ///
    /// - Parameter take: takes a block; false for no more.
    /// - Returns: whether all were taken.
    public mutating func drain(_ take: ([UInt8]) -> Bool) -> Bool {
        for place in blocks.indices {
            let block = blocks[place]
            blocks[place] = []
            guard take(block) else { return false }
        }
        blocks = [[]]
        return true
    }

    /// Appends all bytes to an output, and forgets them; false when no more is wanted.
    public mutating func drain(to output: inout [UInt8], _ flush: OutputFlush) -> Bool {
        drain { block in
            output += block
            return output.flushIfLarge(flush)
        }
    }
}
