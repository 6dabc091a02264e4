import JSON

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let value = try? JSONValue(messagePack: bytes(start, count)) else { return 0 }
    // Every number of MessagePack has a form there, and every value of JSON's types can be written as JSON.
    guard let packed = try? value.messagePackBytes() else { breach("what was read can't be written") }
    guard let again = try? JSONValue(messagePack: packed) else { breach("what was written does not read") }
    check(isSame(again, value), "the value changed on its way")
    guard let document = try? JSONDocument(parsing: value.jsonBytes) else {
        breach("it is written as what is not JSON")
    }
    check(isSame(JSONValue(document.root), value), "the value changed as JSON")
    return 0
}
