import JSON

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let value = try? JSONValue(messagePack: bytes(start, count)),
        let packed = try? value.messagePackBytes()
    else { return 0 }
    guard let again = try? JSONValue(messagePack: packed) else { breach("what was written does not read") }
    check((try? again.messagePackBytes()) == packed, "the value changed on its way")
    return 0
}
