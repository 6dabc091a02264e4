import Platform

/// The IDs of the models that a server last listed, one a line: completions and suggestions read them without a network.
enum ModelCache {
    /// `$XDG_CACHE_HOME/cerebras/models`, else `~/.cache/cerebras/models`; nil without either variable.
    static func path(_ context: ProcessContext) -> [UInt8]? {
        // A relative XDG_CACHE_HOME is to be ignored, says its specification.
        if let folder = context.variable("XDG_CACHE_HOME"), folder.first == UInt8(ascii: "/") {
            return folder + Array("/cerebras/models".utf8)
        }
        guard let home = context.variable("HOME"), !home.isEmpty else { return nil }
        return home + Array("/.cache/cerebras/models".utf8)
    }

    /// What the documents say of it.
    static let term = (
        term: "~/.cache/cerebras/models",
        meaning: "IDs of the models listed last, for completions and suggestions. In XDG_CACHE_HOME if that is set."
    )

    /// The IDs in the cache; none when it can't be read.
    static func read(_ context: ProcessContext) -> [String] {
        guard let path = path(context), let bytes = try? InputFile.read(path, "model cache", upTo: 1 << 20) else {
            return []
        }
        return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a list in the cache's place, as any output file is written.
    ///
    /// - Parameter ids: those with what a terminal would act on are left out, since shells list them as they are.
    /// - Returns: why it was written in place and not replaced; nil when there is nothing to say.
    /// - Throws: ``Failure`` when it can't be written; what was there stays.
    static func write(_ ids: [String], _ context: ProcessContext) throws(Failure) -> Message? {
        guard let path = path(context) else { return nil }
        FilePath.makeFolders(to: path)
        let label: Message = "model cache \(quoted: path)"
        guard case .file(let place) = try system(OutputTarget(path, standardOutput: context.output, label)) else {
            throw .local(label, reason: "not a regular file")
        }
        let replacement = try system(Replacement(at: place, label, context))
        do throws(Failure) {
            let lines = ids.filter { VisibleText.spell($0).utf8.elementsEqual($0.utf8) }.map { $0 + "\n" }
            try system(Descriptor.write(Array(lines.joined().utf8), to: replacement.descriptor, label))
            try system(replacement.synchronize())
            let obstacle = try system(Watchdog.uninterrupted { () throws(SystemError) in try replacement.commit() })
            return (obstacle ?? replacement.obstacle).map { "\(label) is written in place, not replaced: \($0)" }
        } catch {
            replacement.discard()
            throw error
        }
    }
}
