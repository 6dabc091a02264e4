import CZlib

/// Compresses to one gzip member, piece by piece.
public struct Gzip: ~Copyable {
    /// On the heap, since zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>

    /// A compressor.
    ///
    /// - Parameter level: 1 for speed to 9 for size.
    public init(level: Int32) throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_gzip_init(stream, level) == Z_OK else { throw .outOfMemory }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Compresses the next bytes, and with the last ones ends the member; gives what is ready.
    public mutating func feed(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        // zlib's interface is not const-correct; it does not write to its input.
        bytes.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            while deflateOnce(into: &output, flush: isLast ? Z_FINISH : Z_NO_FLUSH) {}
            stream.pointee.next_in = nil
        }
        return output
    }

    /// Compresses bytes that are there as a whole, in pieces, so that any number of them will do.
    public static func compress(_ bytes: [UInt8], level: Int32) throws(CompressionError) -> [UInt8] {
        let pieceSize = 1 << 20
        var gzip = try Gzip(level: level)
        var output: [UInt8] = []
        var start = 0
        repeat {
            let end = min(start + pieceSize, bytes.count)
            output += gzip.feed(bytes[start..<end], isLast: end == bytes.count)
            start = end
        } while start < bytes.count
        return output
    }

    /// Fills one buffer; true when it was filled, so that there may be more.
    private func deflateOnce(into output: inout [UInt8], flush: Int32) -> Bool {
        let size = 64 * 1024
        let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(size)
            deflate(stream, flush)
            count = size - Int(stream.pointee.avail_out)
        }
        output += piece
        return piece.count == size
    }
}
