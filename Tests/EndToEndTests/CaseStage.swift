import CLI
import Foundation
import TestSupport

/// Where one case is played: a folder, a server and the values of its placeholders, its own from start to end.
final class CaseStage: Sendable {
    /// The name of the file that can be standard input, which is no file of the case.
    static let inputName = ".stdin"

    /// The working directory of the program.
    let folder: TemporaryFolder
    /// Answers with the case's replies.
    let server: LoopbackServer
    /// Each gate of a reply, and the moment at which it opens.
    let moments: [(gate: Gate, moment: Moment)]
    private let closedPort: LoopbackSocket

    /// Sets the stage for a case.
    ///
    /// - Throws: ``TestFault``, or an error of the file system.
    init(_ file: CaseFile) throws {
        folder = try TemporaryFolder()
        closedPort = try LoopbackSocket(listens: false)
        var moments: [(gate: Gate, moment: Moment)] = []
        server = try LoopbackServer(file.replies.map { Self.reply($0.reply, $0.pieces, &moments) })
        self.moments = moments
        for section in file.all(.file) {
            let url = folder.url.appending(path: section.operands[0])
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(fill(section.content)).write(to: url)
            if let mode = section.options["mode"]?.first.flatMap({ Int($0, radix: 8) }) {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
            }
        }
        if let section = file.section(.stdin), section.has("file") {
            try Data(section.content).write(to: URL(fileURLWithPath: inputPath))
        }
        for section in file.all(.fifo) { mkfifo(folder.path(section.operands[0]), 0o600) }
        for section in file.all(.link) {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(section.operands[0]), withDestinationPath: section.operands[1])
        }
    }

    /// The file that is standard input, for a case that wants it to be one.
    var inputPath: String { folder.path(Self.inputName) }

    /// A text with its placeholders filled in.
    func fill(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: "{")) else { return text }
        let host = "127.0.0.1:\(server.port)"
        let values = [
            "host": host, "url": server.url, "port": "\(server.port)", "version": Version.number,
            "user-agent": "cerebras/\(Version.number)", "folder": folder.url.path, "closed-port": "\(closedPort.port)",
        ]
        return values.reduce(text) { text, value in
            let parts = text.split(separator: Array("{\(value.key)}".utf8), omittingEmptySubsequences: false)
            return Array(parts.joined(separator: value.value.utf8))
        }
    }

    private static func reply(
        _ section: CaseSection, _ pieces: [CaseSection], _ moments: inout [(gate: Gate, moment: Moment)]
    ) -> CannedReply {
        let rest = pieces.reduce(0) { $0 + $1.content.count }
        var reply = CannedReply([HTTPMessage.onTheWire(section.content, followedBy: rest)])
        for piece in pieces {
            if let moment = piece.options["once"].flatMap(Moment.init) {
                let gate = Gate()
                moments.append((gate, moment))
                reply.steps.append(.wait(gate))
            }
            reply.steps.append(.send(piece.content))
        }
        reply.ending = section.options.keys.compactMap { CannedReply.Ending(rawValue: $0) }.first ?? .close
        reply.repeats = section.has("repeated")
        if let count = section.options["cut"].flatMap({ Int($0[0]) }) { reply = reply.cut(after: count) }
        return section.has("bytewise") ? reply.bytewise : reply
    }
}
