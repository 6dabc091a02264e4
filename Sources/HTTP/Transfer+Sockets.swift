import CCurl
import Platform

extension Transfer {
    /// Has every socket of the request opened here.
    ///
    /// - Parameter onlyToLoopback: whether it may go to this machine only. Then no connection to another is made, and, where
    ///   libcurl can say which address it is connected to (from 7.80 on), that is looked at before a byte is sent.
    func configureSockets(onlyToLoopback: Bool) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        isForLoopbackOnly = onlyToLoopback
        ccurl_set_pointer(raw, CURLOPT_OPENSOCKETDATA, context)
        ccurl_set_socket_function(raw) { context, _, address in
            guard let transfer = Transfer.from(context), let address else { return CURL_SOCKET_BAD }
            return transfer.openSocket(to: &address.pointee)
        }
        guard onlyToLoopback else { return }
        ccurl_set_connected_context(raw, context)
        ccurl_set_connected_function(raw) { context, peer, _, _, _ in
            let address = peer.map { String(cString: $0) } ?? ""
            if LoopbackAddress.contains(address) { return CURL_PREREQFUNC_OK }
            Transfer.from(context)?.foreignAddress = address
            return CURL_PREREQFUNC_ABORT
        }
    }

    /// Whether bytes have come that are still to be read. libcurl tells of a line of the head only once it is whole.
    var hasUnreadBytes: Bool {
        // HTTP/2 has traffic of its own, which says nothing of the reply.
        var (version, port) = (0, 0)
        ccurl_get_long(raw, CURLINFO_HTTP_VERSION, &version)
        ccurl_get_long(raw, CURLINFO_LOCAL_PORT, &port)
        guard isConnected, version < Int(CURL_HTTP_VERSION_2_0) else { return false }
        // The connection may be one that an earlier request opened.
        guard let socket = pool.sockets.first(where: { Self.localPort(of: $0) == port }) else { return false }
        var readable = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&readable, 1, 0) > 0
    }

    private func openSocket(to target: inout curl_sockaddr) -> curl_socket_t {
        if isForLoopbackOnly {
            let address = Self.text(of: &target.addr, target.addrlen)
            guard LoopbackAddress.isReached(by: address) else {
                foreignAddress = address
                return CURL_SOCKET_BAD
            }
        }
        let descriptor = socket(target.family, target.socktype, target.protocol)
        if descriptor >= 0 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            pool.noteOpen(descriptor)
        }
        return descriptor
    }

    /// A socket's address in numbers; empty when the system can't tell.
    private static func text(of address: UnsafePointer<sockaddr>, _ length: UInt32) -> String {
        var host = [CChar](repeating: 0, count: 256)
        let status = getnameinfo(address, socklen_t(length), &host, socklen_t(host.count), nil, 0, NI_NUMERICHOST)
        return status == 0 ? String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    }

    /// The port of this end; 0 for what is no socket of the internet.
    private static func localPort(of descriptor: Int32) -> Int {
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
