import Foundation

/// Work that blocks, kept off the threads that tests share.
public enum Threads {
    /// Runs it on a thread of its own.
    public static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }
}
