import CCurl
import Platform

extension Transfer {
    /// Has every socket of the request opened here. Where a request may go to this machine only, no connection to another is made,
    /// and, where libcurl can say which address it is connected to (from 7.80 on), that is looked at before a byte is sent.
    func configureSockets() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_pointer(raw, CURLOPT_OPENSOCKETDATA, context)
        ccurl_set_socket_function(raw) { context, _, address in
            guard let transfer = Transfer.from(context), let address else { return CURL_SOCKET_BAD }
            return transfer.openSocket(to: &address.pointee)
        }
        ccurl_set_connected_context(raw, context)
        ccurl_set_connected_function(raw) { context, peer, _, _, _ in
            guard let transfer = Transfer.from(context) else { return CURL_PREREQFUNC_ABORT }
            return transfer.noteConnection(to: peer.map { String(cString: $0) } ?? "")
        }
    }

    /// Notes that the connection stands, and refuses one that leads where the request may not go.
    private func noteConnection(to address: String) -> Int32 {
        guard !isForLoopbackOnly || LoopbackAddress.contains(address) else {
            foreignAddress = address
            return CURL_PREREQFUNC_ABORT
        }
        pool.noteConnected(self)
        return CURL_PREREQFUNC_OK
    }

    /// Whether bytes have come that are still to be read. libcurl tells of a line of the head only once it is complete.
    var hasUnreadBytes: Bool {
        // HTTP/2 has traffic of its own, which says nothing of the response.
        var (version, port) = (0, 0)
        ccurl_get_long(raw, CURLINFO_HTTP_VERSION, &version)
        ccurl_get_long(raw, CURLINFO_LOCAL_PORT, &port)
        guard isConnected, version < Int(CURL_HTTP_VERSION_2_0) else { return false }
        // The connection may be one that an earlier request opened.
        guard let socket = pool.sockets.first(where: { Socket.localPort(of: $0) == port }) else { return false }
        return Descriptor.isReadable(socket)
    }

    private func openSocket(to target: inout curl_sockaddr) -> curl_socket_t {
        let address = Socket.numericHost(of: &target.addr, length: target.addrlen)
        let isOwn = LoopbackAddress.isReached(by: address)
        if !isOwn { hasLeftMachine = true }
        guard isOwn || !isForLoopbackOnly else {
            foreignAddress = address
            return CURL_SOCKET_BAD
        }
        let descriptor = Socket.open(family: target.family, type: target.socktype, protocol: target.protocol)
        if descriptor >= 0 { pool.noteOpen(descriptor) }
        return descriptor
    }
}
