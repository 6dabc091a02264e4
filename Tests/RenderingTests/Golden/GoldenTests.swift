import Foundation
import Testing

/// `Scripts/regenerate --golden` records the files anew; what changed is read in the diff.
@Suite("Golden files", .serialized)
struct GoldenTests {
    @Test("each format makes of each response what is recorded", arguments: GoldenFile.all)
    func recorded(file: GoldenFile) throws {
        if GoldenFile.isRecording { try file.record() }
        let made = String(decoding: try file.made(), as: UTF8.self)
        guard let bytes = try? file.recorded() else {
            Issue.record("Tests/Golden has no \(file.path); Scripts/regenerate --golden records it")
            return
        }
        let recorded = String(decoding: bytes, as: UTF8.self)
        #expect(made == recorded)
        #expect(made.utf8.elementsEqual(recorded.utf8))
    }

    @Test("the folder holds these files and no others")
    func folder() throws {
        let expected = Set(
            GoldenFile.all.map(\.path) + GoldenReply.all.map { "Replies/\($0.name).\($0.kind)" })
        let all = FileManager.default.enumerator(atPath: GoldenFile.folder.path)?.compactMap { $0 as? String } ?? []
        let found = Set(all.filter { $0.hasSuffix(".txt") || $0.hasPrefix("Replies/") })
        let (missing, unused) = (expected.subtracting(found).sorted(), found.subtracting(expected).sorted())
        #expect(missing.isEmpty, "named in GoldenFile or GoldenReply and not there")
        #expect(unused.isEmpty, "there and named in neither GoldenFile nor GoldenReply")
    }
}
