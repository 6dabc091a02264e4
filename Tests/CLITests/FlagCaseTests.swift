import Flags
import Foundation
import Testing

@testable import CLI

@Suite("Cases of flags")
struct FlagCaseTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "EndToEndTests/Cases")

    @Test("every flag is on the command line of a case, and every field that one sends in a request")
    func cases() throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "case" }
        let text = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }.joined()
        for flag in CompleteCommand.sections.flatMap(\.flags) where flag.isShown {
            let isThere = text.ranges(of: "--\(flag.name)").contains { range in
                // Not as the beginning of a longer name.
                !(text[range.upperBound...].first.map { $0.isLetter || $0 == "-" } ?? false)
            }
            #expect(isThere, "no case has --\(flag.name)")
            guard let field = flag.field else { continue }
            #expect(text.contains("\"\(field)\":"), "no case sends \(field); fields-of-every-flag.case is one for it")
        }
    }
}
