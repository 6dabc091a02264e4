import Foundation
import Testing

@testable import Platform

@Suite("Files that take the place of others")
struct ReplacementTests {
    private let folder: String
    private let context = ProcessContext()

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "replacement-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
    }

    private func begin(_ name: String = "a") throws -> Replacement {
        guard case .file(let place) = try OutputTarget(Array("\(folder)/\(name)".utf8), standardOutput: -1, "file")
        else {
            throw SystemError.refused("file", reason: "is none")
        }
        return try Replacement(at: place, "file", context)
    }

    private func write(_ text: String, to replacement: Replacement) throws {
        try Descriptor.write(Array(text.utf8), to: replacement.descriptor, "file")
    }

    private func content(_ name: String = "a") -> String? {
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    private func status(_ name: String = "a") -> stat {
        var status = stat()
        stat("\(folder)/\(name)", &status)
        return status
    }

    private func make(_ text: String, mode: mode_t = 0o640) {
        _ = FileManager.default.createFile(atPath: "\(folder)/a", contents: Data(text.utf8))
        chmod("\(folder)/a", mode)
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }

    @Test("a new file is there once it is complete")
    func new() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let replacement = try begin()
        try write("new", to: replacement)
        #expect(content() == nil)
        #expect(try replacement.commit() == nil)
        #expect(content() == "new" && names == ["a"])
    }

    @Test("an old file is as it was until then, and the new one has its mode")
    func replaced() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        make("old")
        let inode = status().st_ino
        let replacement = try begin()
        #expect(replacement.obstacle == nil)
        try write("new", to: replacement)
        var temporary = stat()
        fstat(replacement.descriptor, &temporary)
        #expect(temporary.st_mode & 0o7777 == 0o640)
        #expect(content() == "old")
        #expect(try replacement.commit() == nil)
        #expect(content() == "new" && status().st_mode & 0o7777 == 0o640 && status().st_ino != inode && names == ["a"])
    }

    @Test("what is dropped leaves nothing", arguments: [false, true])
    func dropped(isLinked: Bool) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        make("old")
        if isLinked { link("\(folder)/a", "\(folder)/b") }
        let replacement = try begin()
        try write("new", to: replacement)
        #expect(replacement.discard())
        #expect(content() == "old" && names == (isLinked ? ["a", "b"] : ["a"]))
    }

    @Test("a file with another hard link is written over, shorter or longer", arguments: ["n", "a longer new one"])
    func linked(text: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        make("the old", mode: 0o4750)
        link("\(folder)/a", "\(folder)/b")
        let replacement = try begin()
        #expect(replacement.obstacle == "it has other hard links")
        try write(text, to: replacement)
        #expect(content() == "the old" && names == ["a", "b"])
        #expect(try replacement.commit() == nil)
        #expect(content("b") == text && status().st_nlink == 2 && names == ["a", "b"])
        #expect(status().st_mode & 0o7777 == 0o750)
    }

    @Test("what the old file has become meanwhile counts")
    func changed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        make("old")
        let narrowed = try begin()
        try write("new", to: narrowed)
        chmod("\(folder)/a", 0o600)
        #expect(try narrowed.commit() == nil)
        #expect(content() == "new" && status().st_mode & 0o7777 == 0o600)

        let linked = try begin()
        try write("newer", to: linked)
        link("\(folder)/a", "\(folder)/b")
        #expect(try linked.commit() == "it has other hard links")
        #expect(content("b") == "newer" && names == ["a", "b"])

        let removed = try begin()
        try write("newest", to: removed)
        unlink("\(folder)/a")
        #expect(try removed.commit() == nil)
        #expect(content() == "newest" && content("b") == "newer" && names == ["a", "b"])
    }

    @Test("a stranger's file under the temporary name is neither put in place nor removed", arguments: [false, true])
    func displaced(isReplacing: Bool) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        if isReplacing { make("old") }
        let replacement = try begin()
        try write("new", to: replacement)
        let temporary = try #require(names.first { $0.hasPrefix(".cerebras") })
        unlink("\(folder)/\(temporary)")
        _ = FileManager.default.createFile(atPath: "\(folder)/\(temporary)", contents: Data("foreign".utf8))
        if isReplacing {
            #expect(try replacement.commit() != nil)
            #expect(content() == "new")
        } else {
            #expect(throws: SystemError.self) { try replacement.commit() }
            #expect(content() == nil)
        }
        #expect(content(temporary) == "foreign")
    }

    @Test("a folder that comes in the way is an error, and nothing is left")
    func inTheWay() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let replacement = try begin()
        try write("new", to: replacement)
        mkdir("\(folder)/a", 0o755)
        #expect(throws: SystemError.self) { try replacement.commit() }
        #expect(names == ["a"])
    }
}
