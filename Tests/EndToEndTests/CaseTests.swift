import Foundation
import Testing
import TestSupport

@Suite("Cases")
struct CaseTests {
    static let files: [String] = {
        let folder = Products.packageFolder.appending(path: "Tests/EndToEndTests/Cases")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".case") }.sorted()
    }()

    @Test("Every case file does what it says", arguments: files)
    func behavesAsWritten(file: String) async throws {
        let url = Products.packageFolder.appending(path: "Tests/EndToEndTests/Cases/\(file)")
        let differences = try await CaseRun.differences(of: CaseFile(url))
        #expect(differences.isEmpty, "\(file):\n\(differences.joined(separator: "\n"))")
    }

    @Test("There are case files")
    func casesAreFound() {
        #expect(Self.files.count > 30)
    }
}
