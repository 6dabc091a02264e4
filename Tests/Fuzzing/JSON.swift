import JSON

/// The keys and scalars of a value as they are spelled, and its containers' kinds and ends, in document order.
private func spellings(_ view: JSONView, into list: inout [[UInt8]]) {
    switch view.kind {
    case .array:
        list.append(Array("[".utf8))
        for element in view.elements { spellings(element, into: &list) }
        list.append(Array("]".utf8))
    case .object:
        list.append(Array("{".utf8))
        for member in view.members {
            list.append(Array(member.key.source))
            spellings(member.value, into: &list)
        }
        list.append(Array("}".utf8))
    case .null, .bool, .number, .string: list.append(Array(view.source))
    }
}

private func spellings(_ document: JSONDocument) -> [[UInt8]] {
    var list: [[UInt8]] = []
    spellings(document.root, into: &list)
    return list
}

private func document(_ bytes: [UInt8], _ what: String) -> JSONDocument {
    do throws(JSONError) {
        return try JSONDocument(parsing: bytes)
    } catch {
        breach("\(what) does not read: \(error)")
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = bytes(start, count)
    do throws(JSONError) {
        checkDocument(try JSONDocument(parsing: text))
    } catch {
        check((0...text.count).contains(error.offset), "a refusal at \(error.offset) of \(text.count)")
        checkRefusal(of: text, at: error.offset)
    }
    return 0
}

/// What stands before the fault could be the beginning of JSON.
private func checkRefusal(of text: [UInt8], at offset: Int) {
    do throws(JSONError) {
        _ = try JSONDocument(parsing: Array(text[..<offset]))
    } catch {
        check(error.problem == .unexpectedEnd, "before the fault at \(offset) is another: \(error)")
    }
}

private func checkDocument(_ source: JSONDocument) {
    let value = JSONValue(source.root)
    let compact = value.jsonBytes
    let again = document(compact, "what was written")
    check(JSONValue(again.root).jsonBytes == compact, "the value changed on its way")
    let expected = spellings(source)
    for layout in [source.root.prettyBytes, source.root.compactBytes] {
        check(spellings(document(layout, "a layout")) == expected, "a layout changed a spelling")
    }
    checkPacking(value)
}

private func checkPacking(_ value: JSONValue) {
    let packed: [UInt8]
    do throws(MessagePackError) {
        packed = try value.messagePackBytes()
    } catch {
        guard case .number = error else { breach("MessagePack refuses \(error)") }
        return
    }
    guard let read = try? JSONValue(messagePack: packed) else { breach("MessagePack does not read") }
    check(isSame(read, value), "MessagePack changed the value")
}
