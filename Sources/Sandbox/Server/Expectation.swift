import FlyingSocks
import Foundation
import Synchronization

/// `Expect: 100-continue`: a client that sends no body, for a second or so, until it is told to (RFC 9110, 10.1.1).
final class Expectation: Sendable {
    private let isMet = Mutex(false)

    /// Tells the client to go on; once.
    func meet(on socket: Socket) {
        let isFirst = isMet.withLock { isMet in
            defer { isMet = true }
            return !isMet
        }
        guard isFirst else { return }
        // Nothing was sent before on this request, so there is room for these few bytes. When the client is gone, the
        // read that follows tells it.
        _ = try? socket.write(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8))
    }
}
