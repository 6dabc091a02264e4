import Foundation
import Testing

@testable import Platform

@Suite("File attributes")
struct FileAttributesTests {
    private let folder: URL
    private static let attribute = Array("user.note".utf8)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "attributes-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Makes a file and gives its descriptor to `body`.
    private func withFile<Result>(_ name: String, mode: mode_t, _ body: (Int32) throws -> Result) throws -> Result {
        let descriptor = open(folder.appending(path: name).path, O_RDWR | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(fchmod(descriptor, mode) == 0)
        return try body(descriptor)
    }

    private func mode(_ descriptor: Int32) -> mode_t {
        var status = stat()
        fstat(descriptor, &status)
        return status.st_mode & 0o7777
    }

    @Test(
        "modes are kept without the set-ID bits", arguments: [0o600, 0o644, 0o4755, 0o2711, 0o200, 0o1666] as [mode_t])
    func modes(mode: mode_t) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try withFile("a", mode: mode) { a in
            try withFile("b", mode: 0o600) { b in
                try FileAttributes(of: a).apply(to: b)
                #expect(self.mode(b) == mode & 0o1777)
                #expect(try FileAttributes(of: a) == FileAttributes(of: b))
            }
        }
    }

    @Test("extended attributes are copied, and those that the other has not are taken away")
    func extended() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try withFile("a", mode: 0o600) { a in
            try withFile("b", mode: 0o600) { b in
                // A file system without them has nothing to copy.
                guard (try? ExtendedAttributes.set(Self.attribute, to: [1, 2, 3], a)) != nil else { return }
                try ExtendedAttributes.set(Array("user.other".utf8), to: [4], b)
                try FileAttributes(of: a).apply(to: b)
                #expect(try ExtendedAttributes.read(b) == [Self.attribute: [1, 2, 3]])
            }
        }
    }

    @Test("an attribute that a file does not take is named")
    func refused() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try withFile("a", mode: 0o644) { a in
            let attributes = try FileAttributes(of: a)
            #expect(throws: FileAttributes.Problem.self) { try attributes.apply(to: -1) }
        }
    }
}
