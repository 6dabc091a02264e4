import Flags
import Foundation
import JSON
import Testing

@testable import CLI

@Suite("Flags in cases")
struct FlagCoverageTests {
    @Test("every flag of complete is given in a case that is not refused")
    func flags() throws {
        let parser = Parser(CompleteCommand.sections)
        var given: Set<String> = []
        for file in try CaseTests.files() {
            guard let words = try file.section(.args).map({ try ShellWords.split(Self.filled($0.content)) }),
                words.first?.elementsEqual("complete".utf8) == true
            else { continue }
            var options = CompleteOptions()
            given.formUnion((try? parser.parse(Array(words.dropFirst()), into: &options))?.given ?? [])
        }
        for flag in CompleteCommand.sections.flatMap(\.flags) where flag.isShown {
            #expect(given.contains(flag.name), "no case gives --\(flag.name)")
        }
    }

    @Test("every body field that a flag sends is in the request of a case")
    func fields() throws {
        var sent: Set<String> = []
        for request in try CaseTests.files().flatMap({ $0.all(.request) }) {
            let body = request.has("body") ? request.content[...] : Self.body(of: request.content)
            guard let root = try? JSONDocument(parsing: Array(body)).root else { continue }
            sent.formUnion(root.members.compactMap(\.key.string))
        }
        for field in CompleteCommand.sections.flatMap(\.outline.flags).compactMap(\.field) {
            #expect(sent.contains(field), "no case sends \(field); fields-of-every-flag.case is one for it")
        }
    }

    /// A command line with values in place of what is known only while the case is played.
    private static func filled(_ text: [UInt8]) -> [UInt8] {
        let text = String(decoding: text, as: UTF8.self).replacing("{url}", with: "http://127.0.0.1:1")
        return Array(text.replacing(/\{[a-z-]*port\}/, with: "1").utf8)
    }

    private static func body(of message: [UInt8]) -> ArraySlice<UInt8> {
        message.firstRange(of: Array("\n\n".utf8)).map { message[$0.upperBound...] } ?? []
    }
}
