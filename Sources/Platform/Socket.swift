#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Calls on sockets that another library connects.
public enum Socket {
    /// Opens one that no other program inherits; negative when the system gives none.
    public static func open(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let descriptor = socket(family, type, number)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return descriptor
    }

    /// An address in numbers; empty when the system does not know.
    ///
    /// - Parameter address: a `sockaddr` of this length.
    public static func numericHost(of address: UnsafeRawPointer, length: UInt32) -> String {
        var host = [CChar](repeating: 0, count: 256)
        let status = getnameinfo(
            address.assumingMemoryBound(to: sockaddr.self), socklen_t(length), &host, socklen_t(host.count), nil, 0,
            NI_NUMERICHOST)
        return status == 0 ? String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    }

    /// The port of this end; 0 for what is no socket of the internet.
    public static func localPort(of descriptor: Int32) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { own in
                var service = [CChar](repeating: 0, count: 32)
                guard getsockname(descriptor, own, &length) == 0,
                    getnameinfo(own, length, nil, 0, &service, socklen_t(service.count), NI_NUMERICSERV) == 0
                else { return 0 }
                return Int(atoi(service))
            }
        }
    }
}
