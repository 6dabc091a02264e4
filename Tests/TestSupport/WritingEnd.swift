import Foundation

/// The end of a pipe or terminal that a test writes to.
struct WritingEnd {
    /// What a pipe takes without a reader.
    static let pipeCapacity = 65536

    let descriptor: Int32

    /// Writes until all is written or the reader has gone away, which must not end the test's own process.
    func write(_ bytes: some Sequence<UInt8>) {
        var (brokenPipe, before) = (sigset_t(), sigset_t())
        sigemptyset(&brokenPipe)
        sigaddset(&brokenPipe, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &brokenPipe, &before)
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        // A pending signal would come through once it is no longer blocked.
        var none = timespec()
        while sigtimedwait(&brokenPipe, nil, &none) > 0 {}
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }

    /// Writes on a thread of its own, and closes the end after that.
    func writeAll(_ bytes: [UInt8]) {
        Thread.detachNewThread {
            write(bytes)
            close()
        }
    }

    /// Says that nothing more will come.
    func close() {
        Foundation.close(descriptor)
    }
}
