import Platform

/// The IDs of the models that a server last listed, one a line: completions and suggestions read them without a network.
enum ModelCache {
    /// What the documents say of it.
    static let term = (
        term: "~/.cache/cerebras/models",
        meaning: "IDs of the models listed last, for completions and suggestions. In XDG_CACHE_HOME if that is set."
    )

    /// The IDs in the cache; none when it can't be read.
    static func read(_ context: ProcessContext) -> [String] {
        guard let bytes = CacheFile.read("models", "model cache", context) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a list in the cache's place, as any output file is written.
    ///
    /// - Parameter ids: those with what a terminal would act on are left out, since shells list them as they are.
    /// - Returns: why it was written in place and not replaced; nil when there is nothing to say.
    /// - Throws: ``Failure`` when it can't be written; what was there stays.
    static func write(_ ids: [String], _ context: ProcessContext) throws(Failure) -> Message? {
        let lines = ids.filter { VisibleText.spell($0).utf8.elementsEqual($0.utf8) }.map { $0 + "\n" }
        return try CacheFile.write(Array(lines.joined().utf8), to: "models", "model cache", context)
    }
}
