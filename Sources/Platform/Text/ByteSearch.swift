#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension ArraySlice<UInt8> {
    /// The index of the first byte of this value; nil when there is none. Several times as fast as `firstIndex(of:)` where
    /// it is far away.
    public func firstPlace(of byte: UInt8) -> Int? {
        withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, let found = memchr(start, Int32(byte), buffer.count) else {
                return nil
            }
            return startIndex + (UnsafeRawPointer(found) - start)
        }
    }
}

/// Finds the ends of lines, LF or CR, one after the other in the same bytes, in linear time.
public struct LineEnds {
    /// The next of each kind that was found; the end of the bytes where there is none.
    private var lineFeed = -1
    private var carriageReturn = -1

    /// Before the first line.
    public init() {}

    /// The index of the first end at or after the start of what is left of the bytes; nil when there is none.
    ///
    /// - Parameter rest: a suffix of the bytes, no longer than the last.
    public mutating func next(in rest: ArraySlice<UInt8>) -> Int? {
        if lineFeed < rest.startIndex { lineFeed = rest.firstPlace(of: UInt8(ascii: "\n")) ?? rest.endIndex }
        if carriageReturn < rest.startIndex {
            carriageReturn = rest.firstPlace(of: UInt8(ascii: "\r")) ?? rest.endIndex
        }
        let end = min(lineFeed, carriageReturn)
        return end < rest.endIndex ? end : nil
    }
}
