import Foundation
import TestSupport
import Testing

@Suite("Cases")
struct CaseTests {
    /// The files that hold a case, by their path in the folder: `TOPIC/NAME.case`.
    static let names: [String] = paths.filter { $0.hasSuffix(".case") }.sorted()

    /// Everything in the folder and in those below it.
    private static var paths: [String] {
        FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    }

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
    func casesAreFound() {
        #expect(!Self.names.isEmpty)
        let others = Self.paths.filter { $0.contains(".") && !$0.hasSuffix(".case") }
        #expect(others == ["README.md"])
        let flat = Self.names.filter { !$0.contains("/") }
        #expect(flat == [], "each case is in the folder of its topic")
    }
}
