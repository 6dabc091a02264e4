import Compression

/// The most that an input may decompress to.
private let limit = 1 << 20

private func decompress(_ pieces: some Sequence<ArraySlice<UInt8>>) -> [UInt8]? {
    do throws(CompressionError) {
        var gunzip = try Gunzip(limit: limit)
        var output: [UInt8] = []
        for piece in pieces { output += try gunzip.feed(Array(piece)) }
        try gunzip.finish()
        check(output.count <= limit, "\(output.count) bytes came of it")
        return output
    } catch {
        return nil
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let whole = decompress([bytes[...]])
    check(decompress(Pieces(bytes)) == whole, "pieces decompress to something else")
    guard let packed = try? Gzip.compress(bytes, level: 1) else { breach("it can't be compressed") }
    check(decompress([packed[...]]) == bytes, "what was compressed decompresses to something else")
    return 0
}
