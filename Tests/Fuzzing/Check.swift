import Platform

/// Tells a broken promise and traps, so that libFuzzer keeps the input.
func check(_ condition: @autoclosure () -> Bool, _ promise: @autoclosure () -> String) {
    if !condition() { breach(promise()) }
}

/// Tells that a promise is broken, and traps.
func breach(_ promise: String) -> Never {
    // Optimised code traps without a word.
    let line = Array("broken promise: \(promise)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
}

/// The bytes that libFuzzer gives.
func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}
