import Foundation
import Rendering

/// A file in `Tests/Golden` that holds what a format makes of a response.
struct GoldenFile: Sendable, CustomStringConvertible {
    let format: Format
    let reply: GoldenReply
    /// The terminal's columns; nil for output that goes to a pipe.
    let width: Int?
    /// Whether it has colors (24 bits) and attributes.
    let isColored: Bool

    /// Where an output goes: the terminal's columns, nil for a pipe, and whether it has colors.
    typealias Variant = (width: Int?, isColored: Bool)

    /// The formats that are recorded, each where it looks different; a new one is a line here.
    static let formats: [(format: Format, variants: [Variant])] = [
        (.table, [(nil, false), (40, false), (80, true)]),
        (.tsv, [(nil, false)]),
        (.markdown, [(nil, false)]),
        (.heatmap, [(nil, false), (40, true)]),
        (.html, [(nil, false)]),
    ]

    /// Every file that there should be.
    static let all: [GoldenFile] = formats.flatMap { format, variants in
        GoldenReply.all.flatMap { reply in
            variants.map { GoldenFile(format: format, reply: reply, width: $0.width, isColored: $0.isColored) }
        }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")

    /// Whether the files are to be written rather than compared with.
    static let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"

    /// Its place in the folder.
    var path: String {
        let width = width.map { "-\($0)" } ?? ""
        return "\(format.name)/\(reply.name)\(width)\(isColored ? "-color" : "").txt"
    }

    var description: String { path }

    /// What the format makes of the response now.
    func made() throws -> [UInt8] {
        try reply.rendered(as: format) { context in
            (context.isTerminal, context.width) = (width != nil, width)
            if isColored { context.color = ColorSupport(depth: .direct, hasAttributes: true) }
        }
    }

    /// What is recorded.
    func recorded() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appending(path: path)))
    }

    /// Records what the format makes of the response now.
    func record() throws {
        let file = Self.folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(try made()).write(to: file)
    }
}
