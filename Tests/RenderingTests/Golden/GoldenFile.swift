import Foundation
import Rendering

/// A file in `Tests/Golden` that holds what a format makes of a reply.
struct GoldenFile: Sendable, CustomStringConvertible {
    let format: Format
    let reply: GoldenReply
    /// The terminal's columns; nil for output that goes to a pipe.
    let width: Int?

    /// The formats that are recorded, and the widths at which each of them looks different; a new one is a line here.
    static let formats: [(format: Format, widths: [Int?])] = [
        (.table, [nil, 40, 80, 200]),
        (.tsv, [nil]),
    ]

    /// Every file that there should be.
    static let all: [GoldenFile] = formats.flatMap { format, widths in
        GoldenReply.all.flatMap { reply in
            widths.map { GoldenFile(format: format, reply: reply, width: $0) }
        }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")

    /// Whether the files are to be written rather than compared with.
    static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

    /// Its place in the folder.
    var path: String {
        let width = width.map { "-\($0)" } ?? ""
        return "\(format.name)/\(reply.name)\(width).txt"
    }

    var description: String { path }

    /// What the format makes of the reply now.
    func made() throws -> [UInt8] {
        try reply.rendered(as: format) { context in
            (context.isTerminal, context.width) = (width != nil, width)
        }
    }

    /// What is recorded.
    func recorded() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appending(path: path)))
    }

    /// Records what the format makes of the reply now.
    func record() throws {
        let file = Self.folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(try made()).write(to: file)
    }
}
