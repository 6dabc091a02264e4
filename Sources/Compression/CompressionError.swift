/// Why bytes could not be compressed or decompressed.
public enum CompressionError: Error, Equatable, Sendable {
    /// Not gzip, or damaged: zlib's message.
    case damaged(String)
    /// The data ends inside a gzip member.
    case cutShort
    /// The decompressed data would be over the limit, in bytes.
    case overLimit(Int)
    /// zlib could get no memory.
    case outOfMemory
}
