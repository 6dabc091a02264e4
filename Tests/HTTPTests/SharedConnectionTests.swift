import Foundation
import HTTP
import TestSupport
import Testing

/// An environment variable that a proof sets.
private func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

/// Needs a server that speaks HTTP/2 over TLS, whose address and certificates `Scripts/proofs/multiplexing` names.
@Suite("Many requests over HTTP/2", .serialized, .enabled(if: variable("TEST_HTTP2_URL") != nil))
struct SharedConnectionTests {
    private static let count = 2000

    @Test("2,000 requests at 64 in flight each end once, with their responses")
    func everyRequestEndsOnce() async throws {
        let url = try #require(variable("TEST_HTTP2_URL"))
        let file = Array(try #require(variable("TEST_HTTP2_CERTIFICATES")).utf8)
        let source = await Threads.run {
            var source = NumberedRequests(Self.count, atOnce: 64, url: url) { $0.trustFile = file }
            _ = CurlTransport(usesTLS: true).run(&source, limits: TimeLimits())
            return source
        }
        #expect(source.endings.allSatisfy { $0 == 1 })
        #expect(source.failures.compactMap(\.self) == [])
        #expect(source.bodies.allSatisfy { $0.starts(with: "reply".utf8) })
        // The replies themselves, which the test keeps, take 1,500 allocations of 48 bytes.
        let growth = source.memory.late - source.memory.early
        print("memory grew by \(growth) bytes from request 500 to request 2,000")
        #expect(growth < 1 << 20)
    }

    @Test("The measured memory grows by what is allocated")
    func measuresKnownMemory() {
        let before = ResidentMemory.now
        let known = [UInt8](repeating: 1, count: 32 << 20)
        let growth = ResidentMemory.now - before
        #expect((31 << 20)...(34 << 20) ~= growth, "measured \(growth) for \(known.count) bytes")
    }
}
