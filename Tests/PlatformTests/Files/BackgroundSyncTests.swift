import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite("Storing in the background")
struct BackgroundSyncTests {
    @Test("begins once at a time, and again once that has ended")
    func again() async throws {
        let folder = try TemporaryFolder()
        let descriptor = open(folder.path("a"), O_RDWR | O_CREAT, 0o600)
        let sync = BackgroundSync()
        #expect(try sync.start(descriptor))
        // What was begun goes on with a descriptor of its own.
        close(descriptor)
        let other = open(folder.path("b"), O_RDWR | O_CREAT, 0o600)
        defer { close(other) }
        while try !sync.start(other) { await Task.yield() }
    }

    @Test("says what keeps it from beginning")
    func refused() {
        #expect(throws: ErrorNumber.self) { try BackgroundSync().start(-1) }
    }
}
