import Platform

@testable import CLI
@testable import Rendering

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let isText = String(validating: bytes, as: UTF8.self) != nil
    check((UTF8Sequence.firstInvalidOffset(in: bytes) == nil) == isText, "what is UTF-8 is told otherwise")
    checkOpenEnd(of: bytes)
    for shown in [
        VisibleText.escape(bytes), ("\(quoted: bytes)" as Message).text(masking: Secrets()), TokenText.quote(bytes),
        TSVText.escape(bytes),
    ] {
        check(shown.isEmpty || !shown.unicodeScalars.contains { isControl($0) }, "a control is shown: \(shown)")
    }
    // A cell's bytes can be had back, by the escapes that prompts are read with.
    let cell = Array(TSVText.escape(bytes).utf8)
    if isText { check((try? Escapes.read(cell)) == bytes, "a cell does not read back: \(TSVText.escape(bytes))") }
    if let read = try? Escapes.read(bytes) {
        check(UTF8Sequence.firstInvalidOffset(in: read) == nil, "escapes make what is not UTF-8")
    }
    return 0
}

/// What is open at the end could be completed, and nothing before it could.
private func checkOpenEnd(of bytes: [UInt8]) {
    let open = UTF8Sequence.openLength(atEndOf: bytes)
    check((0...3).contains(open) && open <= bytes.count, "\(open) bytes are open")
    guard open > 0 else { return }
    let endings: [[UInt8]] = [[0x80], [0x80, 0x80], [0x80, 0x80, 0x80], [0xBF], [0xBF, 0xBF], [0xBF, 0xBF, 0xBF]]
    let isCompleted = endings.contains { UTF8Sequence.firstInvalidOffset(in: bytes.suffix(open) + $0) == nil }
    check(isCompleted, "nothing completes what is open")
}

/// Whether it is a control character of ASCII or C1.
private func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
