import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Platform

/// How many hold a file at a time.
private final class Seen: Sendable {
    let isShared = Atomic<Bool>(false)
    let turns = Atomic<Int>(0)
    private let holders = Atomic<Int>(0)

    func enter() {
        turns.add(1, ordering: .relaxed)
        let count = holders.add(1, ordering: .sequentiallyConsistent).newValue
        if count > 1 { isShared.store(true, ordering: .relaxed) }
    }

    func leave() { holders.subtract(1, ordering: .sequentiallyConsistent) }
}

@Suite("A locked file")
struct LockedFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ name: String = "a") throws -> LockedFile {
        try Self.open(Array(folder.path(name).utf8))
    }

    private static func open(_ path: [UInt8]) throws -> LockedFile {
        guard case .file(let place) = try OutputTarget(path, standardOutput: -1, "file") else {
            throw SystemError.refused("file", reason: "is none")
        }
        return try LockedFile(at: place, "file")
    }

    private func content(_ name: String = "a") -> String? {
        FileManager.default.contents(atPath: folder.path(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("is made if it is not there, by the process's mask")
    func made() throws {
        let file = try open()
        try file.append(Array("x\n".utf8))
        #expect(content() == "x\n" && file.size == 2)
        var status = stat()
        stat(folder.path("a"), &status)
        let mask = umask(0)
        umask(mask)
        #expect(status.st_mode & 0o777 == 0o666 & ~mask)
    }

    @Test("can be had by one at a time, also once it was replaced")
    func exclusive() throws {
        var file: LockedFile? = try open()
        #expect(throws: LockedFile.Problem.self) { try open() }
        try file?.append(Array("old".utf8))
        try file?.replaceContent(ProcessContext()) { target throws(SystemError) in
            try Descriptor.write(Array("new".utf8), to: target, "file")
        }
        #expect(content() == "new" && file?.size == 3)
        #expect(throws: LockedFile.Problem.self) { try open() }
        try file?.append(Array("er".utf8))
        #expect(content() == "newer")
        file = nil
        #expect(try open().size == 5)
    }

    @Test("is never had by two, however often it is replaced meanwhile")
    func contended() async throws {
        try Data("0".utf8).write(to: folder.url.appending(path: "a"))
        let seen = Seen()
        let path = Array(folder.path("a").utf8)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<200 {
                        guard let file = try? Self.open(path) else { continue }
                        seen.enter()
                        try? file.replaceContent(ProcessContext()) { target throws(SystemError) in
                            try Descriptor.write(Array("1".utf8), to: target, "file")
                        }
                        try? file.append([UInt8(ascii: "2")])
                        seen.leave()
                    }
                }
            }
        }
        #expect(!seen.isShared.load(ordering: .relaxed) && seen.turns.load(ordering: .relaxed) > 0)
        #expect(content() == "12")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["a"])
    }

    @Test("takes a piece whole or not at all")
    func full() throws {
        let file = try open()
        try file.append(Array("whole".utf8))
        try FileLimit.with { limit in
            truncate(folder.path("a"), off_t(limit - 3))
            #expect(throws: SystemError.self) { try file.append(Array("torn piece".utf8)) }
        }
        #expect(content() == "whole")
        try file.append(Array(", again".utf8))
        #expect(content() == "whole, again")
    }

    @Test("takes nothing more once a part of a piece can't be taken away")
    func spoiled() throws {
        let file = try open()
        try file.append(Array("whole".utf8))
        let readOnly = Foundation.open(folder.path("a"), O_RDONLY)
        let usual = dup(file.descriptor)
        dup2(readOnly, file.descriptor)
        #expect(throws: SystemError.self) { try file.append(Array("x".utf8)) }
        dup2(usual, file.descriptor)
        for descriptor in [readOnly, usual] { close(descriptor) }
        let error = #expect(throws: SystemError.self) { try file.append(Array("x".utf8)) }
        guard case .refused(_, let reason)? = error else { throw try #require(error) }
        #expect(reason == "it ends in an incomplete line")
        #expect(content() == "whole")
    }

    @Test("is not replaced when it has another hard link, when writing fails, or when it was moved")
    func notReplaced() throws {
        let file = try open()
        try file.append(Array("old".utf8))
        #expect(throws: LockedFile.Problem.self) {
            try file.replaceContent(ProcessContext()) { _ throws(SystemError) in throw .closedPipe }
        }
        link(folder.path("a"), folder.path("b"))
        #expect(try file.obstacle(ProcessContext()) == "it has other hard links")
        #expect(throws: LockedFile.Problem.self) {
            try file.replaceContent(ProcessContext()) { _ throws(SystemError) in }
        }
        unlink(folder.path("b"))
        #expect(try file.obstacle(ProcessContext()) == nil)
        rename(folder.path("a"), folder.path("c"))
        #expect(throws: LockedFile.Problem.self) {
            try file.replaceContent(ProcessContext()) { _ throws(SystemError) in }
        }
        #expect(content("c") == "old" && content() == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["c"])
    }

    @Test("is only what is a regular file and may be written")
    func refused() throws {
        mkfifo(folder.path("pipe"), 0o600)
        let place = FilePlace(folder: try Folder(Array(folder.url.path.utf8), in: nil), name: Array("pipe".utf8))
        #expect(throws: LockedFile.Problem.self) { try LockedFile(at: place, "pipe") }
        let inside = FilePlace(folder: place.folder, name: Array("none/a".utf8))
        #expect(throws: LockedFile.Problem.self) { try LockedFile(at: inside, "file") }
    }
}
