import Foundation
import TestSupport
import Testing

@Suite("Cases")
struct CaseTests {
    /// The files of the folder that hold a case.
    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".case") }.sorted()
    }()

    private static let folder = Products.packageFolder.appending(path: "Tests/EndToEndTests/Cases")

    /// Every case, read.
    static func files() throws -> [CaseFile] { try names.map(file) }

    private static func file(_ name: String) throws -> CaseFile {
        try CaseFile(name: name, Array(try Data(contentsOf: folder.appending(path: name))))
    }

    @Test("The command does what the case says", arguments: names)
    func behavesAsWritten(name: String) async throws {
        let file = try Self.file(name)
        let differences = try await CaseRun.differences(of: file)
        for difference in differences { Issue.record("\(name): \(file.title)\n\(difference)") }
    }

    @Test("The folder holds cases, and nothing that looks like one and is not read")
    func casesAreFound() throws {
        let all = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(!Self.names.isEmpty)
        #expect(Set(all).subtracting(Self.names) == ["README.md"])
    }
}
