import Platform

/// Files that are read whole.
enum InputFile {
    /// The bytes of the file at a path.
    ///
    /// - Parameters:
    ///   - label: what the file is, for the error.
    ///   - limit: more bytes than these are an error.
    static func read(_ path: [UInt8], _ label: Message, upTo limit: Int) throws(Failure) -> [UInt8] {
        let descriptor = try system(Descriptor.open(path, O_RDONLY, label))
        defer { close(descriptor) }
        return try system(Descriptor.readAll(descriptor, label, upTo: limit))
    }
}
