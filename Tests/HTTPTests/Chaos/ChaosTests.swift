import Foundation
import HTTP
import TestSupport
import Testing

@Suite("Many requests, and servers that misbehave")
struct ChaosTests {
    private static let count = 2000
    private static let atOnce = 64

    @Test("2,000 requests at 64 in flight each end once, and no connection is used after a broken response")
    func everyRequestEndsOnce() async throws {
        let server = try ChaosServer()
        defer { server.stop() }
        let url = server.url
        let source = await Threads.run {
            var source = NumberedRequests(Self.count, atOnce: Self.atOnce, url: url)
            let limits = TimeLimits(connect: .seconds(60), idle: .seconds(8))
            _ = CurlTransport(usesTLS: false).run(&source, limits: limits)
            return source
        }
        #expect(source.endings.allSatisfy { $0 == 1 })
        #expect(source.mostInFlight == Self.atOnce)
        for number in 0..<Self.count {
            let conduct = Conduct(of: number)
            #expect((source.failures[number] == nil) == conduct.isAnswered, "\(number): \(conduct)")
            if conduct.isAnswered {
                #expect(source.bodies[number] == Array("reply to \(number)".utf8), "\(number): \(conduct)")
            }
        }
        expectNoReuse(server.visits)
        // Of requests as the server saw them: libcurl sends one anew when a kept connection turns out to be closed.
        let broken = server.visits.count { !Conduct(of: $0.number).keepsConnection }
        #expect(server.connectionCount <= Self.atOnce + broken)
    }

    /// On each connection only the last request may be one that ends it.
    private func expectNoReuse(_ visits: [ChaosServer.Visit]) {
        for (connection, visits) in Dictionary(grouping: visits, by: \.connection) {
            let ending = visits.dropLast().first { !Conduct(of: $0.number).keepsConnection }
            #expect(ending == nil, "connection \(connection) was used after request \(ending?.number ?? 0)")
        }
    }
}
