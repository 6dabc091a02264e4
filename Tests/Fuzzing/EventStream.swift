import API

/// The events of a stream that comes in pieces.
private func events(_ pieces: some Sequence<ArraySlice<UInt8>>) -> [ServerSentEvent] {
    var decoder = EventStreamDecoder()
    var events: [ServerSentEvent] = []
    for piece in pieces { events += decoder.feed(piece) }
    return events + decoder.finish()
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let whole = events([bytes[...]])
    check(events(bytes.indices.map { bytes[$0...$0] }) == whole, "single bytes give other events")
    check(events(Pieces(bytes)) == whole, "pieces give other events")
    check(whole.dropLast().allSatisfy(\.isTerminated), "an event was cut off before the end")
    return 0
}
