import Flags
import Platform

/// The file of `--summary`.
enum SummaryFile {
    /// Refuses a file that is also read, or written as something else, and one that can't be written.
    ///
    /// - Parameter others: the paths of the input and of results.
    /// - Throws: ``Failure``; nothing has changed then.
    static func check(_ path: [UInt8], besides others: [[UInt8]], _ context: ProcessContext) throws(Failure) {
        let label: Message = "summary file \(quoted: path)"
        if case .file(let place) = try system(OutputTarget(path, standardOutput: context.output, label)) {
            try system(Replacement(at: place, label, context)).abandon()
        }
        guard let place = place(of: path),
            let other = others.first(where: { self.place(of: $0)?.isSame(as: place) == true })
        else { return }
        throw .usage(
            UsageError("--summary \(quoted: path) would replace \(quoted: other)", hint: "name another file"))
    }

    /// nil for what is no file.
    private static func place(of path: [UInt8]) -> FilePlace? {
        guard case .file(let place)? = try? OutputTarget(path, standardOutput: -1, "") else { return nil }
        return place
    }

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
