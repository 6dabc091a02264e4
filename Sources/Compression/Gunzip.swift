import CZlib

/// Decompresses a gzip stream of one or more members, piece by piece, up to a limit. Zeros after a member are padding.
public struct Gunzip: ~Copyable {
    /// On the heap, since zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let limit: Int
    private var produced = 0
    private var isBetweenMembers = false

    /// A decompressor.
    ///
    /// - Parameter limit: the most bytes it may produce; data made to be huge ends with an error instead.
    public init(limit: Int) throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.limit = limit
        guard czlib_gunzip_init(stream) == Z_OK else { throw .outOfMemory }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Decompresses the next bytes.
    ///
    /// - Throws: ``CompressionError`` when they are damaged, or too much comes of them.
    public mutating func feed(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        var output: [UInt8] = []
        var failure: CompressionError?
        // zlib's interface is not const-correct; it does not write to its input.
        var input = bytes
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            do throws(CompressionError) {
                try inflateAll(into: &output)
            } catch {
                failure = error
            }
            stream.pointee.next_in = nil
        }
        if let failure { throw failure }
        return output
    }

    /// Takes the end of the data.
    ///
    /// - Throws: ``CompressionError/cutShort`` when it comes inside a member, or before any.
    public func finish() throws(CompressionError) {
        guard isBetweenMembers else { throw .cutShort }
    }

    /// Decompresses data that is there as a whole.
    public static func decompress(_ bytes: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
        var gunzip = try Gunzip(limit: limit)
        let output = try gunzip.feed(bytes)
        try gunzip.finish()
        return output
    }

    private mutating func inflateAll(into output: inout [UInt8]) throws(CompressionError) {
        while stream.pointee.avail_in > 0 {
            if isBetweenMembers {
                // Some writers fill up their last block.
                guard skipZeros() else { return }
                inflateReset(stream)
            }
            isBetweenMembers = false
            var hasOutput = true
            while hasOutput, !isBetweenMembers {
                hasOutput = try inflateOnce(into: &output)
            }
        }
    }

    /// Passes over zeros; false when nothing else is left.
    private mutating func skipZeros() -> Bool {
        while stream.pointee.avail_in > 0, stream.pointee.next_in?.pointee == 0 {
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        }
        return stream.pointee.avail_in > 0
    }

    /// Fills one buffer; true when it was filled, so that there may be more.
    private mutating func inflateOnce(into output: inout [UInt8]) throws(CompressionError) -> Bool {
        let size = 64 * 1024
        var status = Z_OK
        let piece = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(size)
            status = inflate(stream, Z_NO_FLUSH)
            count = size - Int(stream.pointee.avail_out)
        }
        switch status {
        case Z_STREAM_END: isBetweenMembers = true
        case Z_OK, Z_BUF_ERROR: break
        case Z_MEM_ERROR: throw .outOfMemory
        default: throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "not gzip")
        }
        produced += piece.count
        guard produced <= limit else { throw .overLimit(limit) }
        output += piece
        return piece.count == size
    }
}
