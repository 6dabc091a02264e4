import Foundation
import Platform

/// A folder that no other user can enter, with the socket between the relay and the server behind it.
struct SocketFolder: Sendable {
    /// The longest path of a socket that every system takes.
    private static let longestPath = 100

    private let path: String
    /// Where the socket is to be.
    var socket: String { path + "/server" }

    /// Makes the folder where temporary files go.
    ///
    /// - Throws: what the system says.
    init() throws(ErrorNumber) {
        let pattern = "/cerebras-sandbox-XXXXXX"
        let usual = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        let parent = (usual + pattern + "/server").utf8.count <= Self.longestPath ? usual : "/tmp"
        var name = Array((parent + pattern).utf8CString)
        guard mkdtemp(&name) != nil else { throw ErrorNumber(errno) }
        path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes the folder and what is in it.
    func remove() {
        unlink(socket)
        rmdir(path)
    }
}
