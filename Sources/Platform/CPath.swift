/// A path, or another text of any bytes, as C libraries take it.
public enum CPath {
    /// Calls `body` with the bytes and a NUL after it.
    public static func with<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let characters = path.map(CChar.init(bitPattern:)) + [0]
        return characters.withUnsafeBufferPointer { buffer in
            var fallback: CChar = 0
            return withUnsafePointer(to: &fallback) { body(buffer.baseAddress ?? $0) }
        }
    }
}
