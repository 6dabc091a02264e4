import Testing

@testable import CLI

@Suite("Exit status")
struct ExitStatusTests {
    @Test("the numbers are those that scripts rely on")
    func numbers() {
        #expect(CLI.ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 130, 141, 143])
    }

    @Test("each has a meaning of one line and a kind of its own")
    func words() {
        let all = CLI.ExitStatus.allCases
        #expect(Set(all.map(\.meaning)).count == all.count && Set(all.map(\.kind)).count == all.count)
        #expect(all.allSatisfy { !$0.meaning.isEmpty && !$0.meaning.contains("\n") && !$0.meaning.hasSuffix(".") })
        #expect(all.allSatisfy { $0.kind.allSatisfy { $0.isLowercase || $0 == "_" } })
    }

    @Test(
        "an HTTP status has its exit status",
        arguments: [
            (400, .refused), (401, .key), (402, .key), (403, .key), (404, .refused), (408, .timeout), (409, .refused),
            (418, .refused), (422, .refused), (429, .rateLimited), (499, .refused), (500, .server), (503, .server),
            (599, .server), (100, .server), (304, .server), (0, .server),
        ] as [(Int, CLI.ExitStatus)])
    func http(status: Int, exit: CLI.ExitStatus) {
        #expect(CLI.ExitStatus.forHTTP(status) == exit)
    }
}
