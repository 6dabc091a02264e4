// Knows: how tests start programs, talk over sockets, and look at terminals.
// Must not know: what the programs do.

import Foundation

/// Where the build puts what it makes.
public enum Products {
    /// The package's own folder.
    public static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The path of an executable of this package.
    ///
    /// It is looked for beside the running test bundle, which is right for any scratch folder and configuration, and
    /// else in the package's `.build/debug`. Starting it tells if it isn't there.
    public static func path(of name: String) -> String {
        let bundles = [Bundle.main.executablePath].compactMap(\.self) + CommandLine.arguments
        let folders = bundles.flatMap { path in
            // The bundle is a file on Linux and a folder some levels deep on macOS.
            sequence(first: URL(fileURLWithPath: path).deletingLastPathComponent()) { folder in
                folder.pathComponents.count > 1 ? folder.deletingLastPathComponent() : nil
            }.prefix(4)
        }
        let usual = packageFolder.appending(path: ".build/debug")
        let candidates = (folders + [usual]).map { $0.appending(path: name).path }
        return candidates.first(where: isProgram) ?? usual.appending(path: name).path
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
