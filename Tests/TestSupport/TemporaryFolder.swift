import Foundation

/// A folder of its own for one test, gone when the last reference to it is.
public final class TemporaryFolder: Sendable {
    /// Where it is; no symbolic link leads there.
    public let url: URL

    /// Makes it, empty.
    ///
    /// - Throws: ``TestFault`` when the system refuses.
    public init() throws(TestFault) {
        let base = FileManager.default.temporaryDirectory.path
        var template = Array("\(base)/cerebras-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else {
            throw .system("mkdtemp in \(base)")
        }
        defer { free(resolved) }
        url = URL(fileURLWithPath: String(cString: resolved), isDirectory: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    public func path(_ name: String) -> String {
        url.appending(path: name).path
    }
}
