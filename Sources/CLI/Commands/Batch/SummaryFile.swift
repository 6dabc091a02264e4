import Platform

/// The file of `--summary`.
enum SummaryFile {
    /// Replaces the file, or leaves it as it was.
    ///
    /// - Parameters:
    ///   - line: JSON, with what is secret masked.
    ///   - notes: where it is said how the file was replaced.
    /// - Throws: ``Failure`` when it can't be written.
    static func write(
        _ line: [UInt8], to path: [UInt8], _ context: ProcessContext, _ notes: Notes
    ) throws(Failure) {
        let output = try Output(path: path, context)
        var bytes = line
        do throws(Failure) {
            try output.flush(&bytes)
            try output.replace(notes)
        } catch {
            _ = output.discard()
            throw error
        }
    }
}
