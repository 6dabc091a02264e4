import API

/// The events of a stream that comes in pieces of so many bytes.
private func events(_ bytes: [UInt8], piece: Int) -> [ServerSentEvent] {
    var decoder = EventStreamDecoder()
    var events: [ServerSentEvent] = []
    var position = 0
    while position < bytes.count {
        let end = min(position + piece, bytes.count)
        events += decoder.feed(bytes[position..<end])
        position = end
    }
    return events + [decoder.finish()].compactMap(\.self)
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let whole = events(bytes, piece: .max / 2)
    for piece in [1, 2, 3, 7, max(1, Int(bytes.first ?? 1))] {
        let cut = events(bytes, piece: piece)
        let isSame = cut.count == whole.count && zip(cut, whole).allSatisfy { $0.data == $1.data && $0.name == $1.name }
        check(isSame, "pieces of \(piece) bytes give other events")
    }
    return 0
}
