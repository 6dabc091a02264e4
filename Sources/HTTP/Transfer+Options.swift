import CCurl
import Platform

extension Transfer {
    /// Bodies up to this size leave in one packet with the head; larger ones are read as they are sent, uncopied.
    static let copiedBodyLimit = 64 * 1024
    /// In bytes: as much is read from the network at once where it has come. libcurl may read a hundred times as much before it
    /// hands on.
    static let receptionSize = 16 * 1024
    /// `CURLOPT_QUICK_EXIT`, which libcurl's headers name from 7.87 on.
    private static let quickExit = CURLoption(322)

    /// Tells libcurl all about a request but its sockets.
    func configure(_ request: HTTPRequest, _ limits: TimeLimits) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_string(raw, CURLOPT_URL, request.url)
        ccurl_set_string(raw, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_string(raw, CURLOPT_CUSTOMREQUEST, request.method)
        ccurl_set_list(raw, CURLOPT_HTTPHEADER, headerLines)
        ccurl_set_long(raw, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // A further request waits for a connection under way that it may share, rather than open its own. In libcurl 7.88
        // one of HTTP/1.1 would wait for the first response's head, so that only TLS, which may bring HTTP/2, asks for it.
        if request.url.hasPrefix("https") { ccurl_set_long(raw, CURLOPT_PIPEWAIT, 1) }
        ccurl_set_long(raw, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = request.trustFile {
            _ = CPath.with(file) { ccurl_set_string(raw, CURLOPT_CAINFO, $0) }
        }
        // Signals are ours; libcurl must not change how they are handled.
        ccurl_set_long(raw, CURLOPT_NOSIGNAL, 1)
        // A name that is still being looked up can't be called off, and must not be waited for.
        ccurl_set_long(raw, Self.quickExit, 1)
        configureProxy(request.route)
        ccurl_set_long(raw, CURLOPT_CONNECTTIMEOUT_MS, limits.connect.wholeMilliseconds)
        ccurl_set_pointer(raw, CURLOPT_ERRORBUFFER, messageBuffer)
        ccurl_set_pointer(raw, CURLOPT_PRIVATE, context)
        configureReception(context)
        if !body.isEmpty { configureBody() }
    }

    /// Names the proxy; an empty one keeps libcurl from looking for one in the environment.
    private func configureProxy(_ route: Route) {
        let proxy = route.isDirect ? nil : route.proxy
        _ = CPath.with(proxy?.address ?? []) { ccurl_set_string(raw, CURLOPT_PROXY, $0) }
        _ = CPath.with(proxy?.exceptions ?? []) { ccurl_set_string(raw, CURLOPT_NOPROXY, $0) }
    }

    /// In its callbacks, taking less than there is ends the transfer.
    private func configureReception(_ context: UnsafeMutableRawPointer) {
        ccurl_set_long(raw, CURLOPT_BUFFERSIZE, Self.receptionSize)
        ccurl_set_pointer(raw, CURLOPT_WRITEDATA, context)
        ccurl_set_pointer(raw, CURLOPT_HEADERDATA, context)
        ccurl_set_data_function(raw, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.receive(bytes, size * count) == true ? size * count : 0
        }
        ccurl_set_data_function(raw, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.receiveHeader(bytes, size * count) == true ? size * count : 0
        }
    }

    /// Tells libcurl what to send.
    func configureBody() {
        ccurl_set_long(raw, CURLOPT_POST, 1)
        ccurl_set_size(raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        guard body.count > Self.copiedBodyLimit else {
            body.withUnsafeBytes { _ = ccurl_set_bytes(raw, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
            return
        }
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_pointer(raw, CURLOPT_READDATA, context)
        ccurl_set_pointer(raw, CURLOPT_SEEKDATA, context)
        ccurl_set_data_function(raw, CURLOPT_READFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.send(into: bytes, size * count) ?? 0
        }
        ccurl_set_seek_function(raw) { context, offset, _ in
            Transfer.from(context)?.seek(to: Int(offset))
            return CURL_SEEKFUNC_OK
        }
    }
}
