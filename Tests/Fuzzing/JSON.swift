import JSON

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let document = try? JSONDocument(parsing: bytes(start, count)) else { return 0 }
    let value = JSONValue(document.root)
    let compact = value.jsonBytes
    guard let again = try? JSONDocument(parsing: compact) else { breach("what was written does not read") }
    check(JSONValue(again.root).jsonBytes == compact, "the value changed on its way")
    for layout in [document.root.prettyBytes, document.root.compactBytes] {
        guard let laidOut = try? JSONDocument(parsing: layout) else { breach("a layout does not read") }
        check(JSONValue(laidOut.root).jsonBytes == compact, "a layout changed the value")
    }
    if let packed = try? value.messagePackBytes() {
        // 1e0 is written as the Double that it looks like, and reads as 1; from then on nothing changes.
        let once = repacked(packed)
        check(repacked(once) == once, "MessagePack changed the value")
    }
    return 0
}

/// What a value becomes that is read from MessagePack and written again.
private func repacked(_ packed: [UInt8]) -> [UInt8] {
    guard let value = try? JSONValue(messagePack: packed), let again = try? value.messagePackBytes() else {
        breach("MessagePack does not read")
    }
    return again
}
