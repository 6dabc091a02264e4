import Platform

/// Files that are read whole.
enum InputFile {
    /// The bytes of the file at a path.
    ///
    /// - Parameter thing: what the file is, for the error.
    static func read(_ path: [UInt8], _ thing: String) throws(Failure) -> [UInt8] {
        let descriptor = try Descriptor.open(path, O_RDONLY, thing)
        defer { close(descriptor) }
        return try Descriptor.readAll(descriptor, thing)
    }
}
