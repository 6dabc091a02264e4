import CCurl

extension TransportError {
    /// Translates libcurl's code.
    ///
    /// - Parameters:
    ///   - code: any but `CURLE_OK`.
    ///   - words: libcurl's explanation.
    ///   - afterHead: whether the response's head had come.
    init(_ code: CURLcode, _ words: String, afterHead: Bool) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .resolve(words)
        // A handshake that breaks off is a connection that does, and may fare better the next time.
        case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED, CURLE_SSL_CONNECT_ERROR:
            self = .connect(words)
        // Only the connection's clock is libcurl's.
        case CURLE_OPERATION_TIMEDOUT: self = .timeout(.connect)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            self = .certificate(words)
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
            self = .tls(words)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
            CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
            self = .interrupted(words, afterHead: afterHead)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING:
            self = .malformed(words)
        default: self = .local(words)
        }
    }
}
