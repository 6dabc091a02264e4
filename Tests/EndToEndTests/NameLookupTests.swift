#if os(Linux)
import Foundation
import TestSupport
import Testing

/// A name server that never answers, of which the system's own lookup can't be called off.
@Suite("Slow name lookups")
struct NameLookupTests {
    private static let lookup = """
        #include <netdb.h>
        #include <unistd.h>
        int getaddrinfo(const char *n, const char *s, const struct addrinfo *h, struct addrinfo **r) {
            for (;;) pause();
        }
        """

    @Test("they end with the time that a connection has", arguments: ["--connect-timeout", "--timeout"])
    func limits(flag: String) async throws {
        let folder = try TemporaryFolder()
        let (source, library) = (folder.path("lookup.c"), folder.path("lookup.so"))
        try Data(Self.lookup.utf8).write(to: URL(fileURLWithPath: source))
        var compiler = TestProgram(
            path: "/usr/bin/env", ["clang", "-shared", "-fPIC", "-o", library, source])
        // The toolchain's.
        compiler.setVariable("PATH", ProcessInfo.processInfo.environment["PATH"] ?? "")
        try #require(try await compiler.run().status == 0)
        var program = TestProgram("cerebras", ["complete", "x", "--max-retries", "0", flag, "100ms"])
        program.setVariable("LD_PRELOAD", library)
        program.setVariable("CEREBRAS_BASE_URL", "https://slow.invalid")
        program.setVariable("CEREBRAS_API_KEY", "test-key")
        #expect(try await program.run().status == 8)
    }
}
#endif
