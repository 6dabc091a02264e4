import Foundation
import Testing

@testable import Platform

@Suite("Paths followed name by name")
struct PathWalkTests {
    private let folder: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "walk-\(UUID())")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        folder = url.path
    }

    /// Where a path in the folder leads: `FOLDER-INODE NAME`, a descriptor's number, or what is wrong.
    private func end(of path: String, isCautious: Bool = true) -> String {
        do throws(SystemError) {
            let bytes = Array((path.hasPrefix("/") ? path : "\(folder)/\(path)").utf8)
            switch try PathWalk.end(of: bytes, isCautious: isCautious, "file") {
            case .descriptor(let number): return "\(number)"
            case .place(let place):
                var status = stat()
                fstat(place.folder.descriptor, &status)
                return "\(status.st_ino) \(String(decoding: place.name, as: UTF8.self))"
            }
        } catch {
            return switch error {
            case .call(_, let number): "file: \(number.words)"
            case .refused(_, let reason): "file: \(reason.text(masking: Secrets()))"
            default: "\(error)"
            }
        }
    }

    private func inode(_ path: String) -> UInt64 {
        var status = stat()
        stat("\(folder)/\(path)", &status)
        return UInt64(status.st_ino)
    }

    private func link(_ name: String, to target: String) {
        symlink(target, "\(folder)/\(name)")
    }

    @Test("names, dots and links lead where the system leads")
    func ways() {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        mkdir("\(folder)/deep", 0o755)
        link("way", to: "deep")
        link("file", to: "deep/../deep/./x")
        link("absolute", to: "\(folder)/deep/x")
        link("chain", to: "way/../file")
        link("loop", to: "loop")
        link("broken", to: "nowhere/x")
        let expected = "\(inode("deep")) x"
        for path in ["deep/x", "way/x", "file", "absolute", "chain", "deep//x", "./way/.././deep/x"] {
            #expect(end(of: path) == expected, "\(path)")
        }
        #expect(end(of: "loop") == "file: Too many levels of symbolic links")
        #expect(end(of: "broken") == "file: No such file or directory")
        #expect(end(of: "deep/x/y") == "file: No such file or directory")
        for path in ["deep", "deep/", "way", "deep/.", "deep/..", "/"] {
            #expect(end(of: path) == "file: Is a directory", "\(path)")
        }
    }

    @Test("a file is no folder")
    func notFolders() {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = FileManager.default.createFile(atPath: "\(folder)/a", contents: nil)
        for path in ["a/", "a/b", "a/.", "a/.."] { #expect(end(of: path) == "file: Not a directory", "\(path)") }
        #expect(end(of: "b/") == "file: No such file or directory")
    }

    #if os(Linux)
    @Test(
        "the process's own descriptors are found under every name",
        arguments: [
            "/dev/fd/1", "/proc/self/fd/1", "/proc/thread-self/fd/1", "//dev/./fd//1", "/dev/../dev/fd/1",
            "/proc/self/../self/fd/1",
        ])
    func descriptors(path: String) {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        link("link", to: path)
        #expect(end(of: path) == "1")
        #expect(end(of: "link") == "1")
    }
    #endif

    @Test("the link of another user in a shared folder is not followed", .enabled(if: geteuid() == 0))
    func foreign() {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["shared", "deep"] { mkdir("\(folder)/\(name)", 0o755) }
        link("shared/file", to: "../deep/x")
        link("shared/way", to: "../deep")
        let expected = "\(inode("deep")) x"
        let refusal = "file: not followed: a symbolic link of another user in a shared folder"
        for (mode, owner, isFollowed): (mode_t, uid_t, Bool) in [
            (0o755, 1, true), (0o777, 1, true), (0o1755, 1, true), (0o1777, 0, true), (0o1777, 1, false),
            (0o1770, 1, false),
        ] {
            chmod("\(folder)/shared", mode)
            for name in ["file", "way"] { lchown("\(folder)/shared/\(name)", owner, owner) }
            for path in ["shared/file", "shared/way/x"] {
                #expect(end(of: path) == (isFollowed ? expected : refusal), "\(path) \(mode) \(owner)")
                #expect(end(of: path, isCautious: false) == expected)
            }
        }
    }
}
