import Foundation

/// A TCP socket with a free port of 127.0.0.1 of its own, for as long as it lives.
public final class LoopbackSocket: Sendable {
    /// The port.
    public let port: Int
    private let descriptor: Int32
    /// A byte in this pipe says that no one else will come.
    private let wakeEnds: (read: Int32, write: Int32)

    /// Takes a free port.
    ///
    /// - Parameter listens: without it every connection to the port is refused, and no one else can take it.
    /// - Throws: ``TestFault`` when the system gives no socket.
    public init(listens: Bool) throws(TestFault) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw .system("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && (!listens || listen(descriptor, 64) == 0)
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else {
            let fault = TestFault.system("bind")
            close(descriptor)
            throw fault
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            let fault = TestFault.system("pipe")
            close(descriptor)
            throw fault
        }
        self.descriptor = descriptor
        wakeEnds = (ends[0], ends[1])
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit {
        for descriptor in [descriptor, wakeEnds.read, wakeEnds.write] { close(descriptor) }
    }

    /// The next connection, which is the caller's to close; nil after ``wake()``, once all that came before it are taken.
    public func accept() -> Int32? {
        while true {
            var events = [descriptor, wakeEnds.read].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&events, 2, -1) >= 0 || errno == EINTR else { return nil }
            if events[0].revents != 0 {
                let connection = Foundation.accept(descriptor, nil, nil)
                if connection >= 0 { return connection }
                guard errno == EINTR || errno == ECONNABORTED else { return nil }
            } else if events[1].revents != 0 {
                return nil
            }
        }
    }

    /// Ends ``accept()``, now and from now on.
    public func wake() {
        WritingEnd(descriptor: wakeEnds.write).write([0])
    }
}
