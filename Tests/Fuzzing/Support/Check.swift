import Foundation
import Platform

/// Tells a broken promise and traps, so that libFuzzer keeps the input.
func check(_ condition: @autoclosure () -> Bool, _ promise: @autoclosure () -> String) {
    if !condition() { breach(promise()) }
}

/// Tells that a promise is broken, and traps.
func breach(_ promise: String) -> Never {
    // Optimized code traps without a word.
    let line = Array("broken promise: \(promise)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
}

/// The bytes that libFuzzer gives.
func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

/// Tells a broken promise unless the text is one line that a terminal can show: not empty, without control characters,
/// C1 controls and bidirectional overrides.
func checkLine(_ text: String, _ what: String) {
    check(!text.isEmpty, "\(what) says nothing")
    check(!text.unicodeScalars.contains(where: isUnsafe), "\(what) is more than a line: \(text)")
}

/// The same of a message.
func checkLine(_ message: Message, _ what: String) {
    checkLine(message.text(masking: Secrets()), what)
}

/// Whether a terminal would act on the character, or show others elsewhere for it.
func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}
