import Platform
import Testing

@testable import CLI

@Suite("Token IDs in a file")
struct TokenFileTests {
    private func parse(_ text: String) throws(Failure) -> TokenFile {
        try TokenFile.parse(Array(text.utf8), "file 'x'")
    }

    @Test("a list is one prompt, a list of lists is several")
    func forms() throws {
        if case .one(let ids) = try parse(" [1, 22, 0]\n") {
            #expect(ids == [1, 22, 0])
        } else {
            Issue.record("not one")
        }
        if case .several(let lists) = try parse("[[1],[],[2,3]]") {
            #expect(lists == [[1], [], [2, 3]])
        } else {
            Issue.record("not several")
        }
    }

    @Test(
        "anything else is refused as a local failure",
        arguments: [
            "", "1", "{}", "[1,\"2\"]", "[-1]", "[1.5]", "[1,[2]]", "[[1],2]", "[[[1]]]", "[null]", "1,2,3", "[1",
        ])
    func refused(text: String) {
        let failure = #expect(throws: Failure.self) { try parse(text) }
        #expect(failure?.status == .local && failure?.message.shown.hasPrefix("file 'x': ") == true)
    }
}
