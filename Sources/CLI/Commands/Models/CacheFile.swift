import Platform

/// Files in the user's cache folder: what was once fetched, and is of use without a network.
enum CacheFile {
    /// Files are small; what is longer is not read.
    private static let limit = 1 << 20

    /// `$XDG_CACHE_HOME/cerebras/NAME`, else `~/.cache/cerebras/NAME`; nil without either variable.
    static func path(_ name: String, _ context: ProcessContext) -> [UInt8]? {
        context.userPath("XDG_CACHE_HOME", "/.cache", name)
    }

    /// What a file holds; nil when it can't be read.
    static func read(_ name: String, _ label: Message, _ context: ProcessContext) -> [UInt8]? {
        guard let path = path(name, context) else { return nil }
        return try? InputFile.read(path, label, upTo: limit)
    }

    /// Puts bytes in a file's place, as any output file is written.
    ///
    /// - Parameter label: what the file is, without its path.
    /// - Returns: why it was written in place and not replaced; nil when there is nothing to say.
    /// - Throws: ``Failure`` when it can't be written; what was there stays.
    static func write(
        _ bytes: [UInt8], to name: String, _ label: Message, _ context: ProcessContext
    ) throws(Failure) -> Message? {
        guard let path = path(name, context) else { return nil }
        FilePath.makeFolders(to: path)
        let label: Message = "\(label) \(quoted: path)"
        guard case .file(let place) = try system(OutputTarget(path, standardOutput: context.output, label)) else {
            throw .local(label, reason: "not a regular file")
        }
        let replacement = try system(Replacement(at: place, label, context))
        do throws(Failure) {
            try system(Descriptor.write(bytes, to: replacement.descriptor, label))
            try system(replacement.synchronize())
            let obstacle = try system(Watchdog.uninterrupted { () throws(SystemError) in try replacement.commit() })
            return (obstacle ?? replacement.obstacle).map { "\(label) is written in place, not replaced: \($0)" }
        } catch {
            replacement.discard()
            throw error
        }
    }
}
