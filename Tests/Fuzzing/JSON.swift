import JSON

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
        guard let unpacked = try? JSONValue(messagePack: packed) else { breach("MessagePack does not read") }
        check((try? unpacked.messagePackBytes()) == packed, "MessagePack changed the value")
    }
    return 0
}
