import Foundation
import Testing

/// `Scripts/regenerate --golden` records the files anew; what changed is read in the diff.
@Suite("Golden files", .serialized)
struct GoldenTests {
    @Test("each format makes of each reply what is recorded", arguments: GoldenFile.all)
    func recorded(file: GoldenFile) throws {
        if GoldenFile.isRecording { try file.record() }
        let made = String(decoding: try file.made(), as: UTF8.self)
        let recorded = String(decoding: try file.recorded(), as: UTF8.self)
        #expect(made == recorded)
        #expect(made.utf8.elementsEqual(recorded.utf8))
    }

    @Test("the folder holds these files and no others")
    func folder() throws {
        let expected = GoldenFile.all.map(\.path) + GoldenReply.all.map { "Replies/\($0.name).\($0.kind)" }
        let found = FileManager.default.enumerator(atPath: GoldenFile.folder.path)?.compactMap { $0 as? String }
            .filter { $0.hasSuffix(".txt") || $0.hasPrefix("Replies/") }
        #expect(Set(found ?? []) == Set(expected))
    }
}
