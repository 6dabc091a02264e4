// Knows: how tests start programs, talk to sockets, and look at terminals.
// Must not know: what the programs do.

import Foundation

/// Where the build puts what it makes.
public enum Products {
    /// The path of an executable of the package: beside the test bundle, else in the package's debug folder.
    public static func path(of name: String) -> String {
        let bundles = Bundle.allBundles.map(\.bundleURL) + CommandLine.arguments.map { URL(fileURLWithPath: $0) }
        let folders = bundles.map { $0.deletingLastPathComponent() } + [packageFolder.appending(path: ".build/debug")]
        let candidates = folders.map { $0.appending(path: name).path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? candidates.last ?? name
    }

    /// The package's own folder.
    public static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
