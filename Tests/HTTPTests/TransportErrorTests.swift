import CCurl
import Testing

@testable import HTTP

@Suite("libcurl's codes")
struct TransportErrorTests {
    private func error(_ code: CURLcode) -> TransportError { TransportError(code, "why", afterHead: false) }

    @Test("a handshake that breaks off is a lost connection, and is tried again")
    func handshake() {
        #expect(error(CURLE_SSL_CONNECT_ERROR) == .connect("why") && error(CURLE_SSL_CONNECT_ERROR).isTransient)
    }

    @Test("a certificate that is not trusted is as bad the next time")
    func certificates() {
        for code in [CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS] {
            #expect(error(code) == .certificate("why") && !error(code).isTransient)
        }
    }

    @Test("what is wrong with TLS here stays wrong")
    func local() {
        for code in [CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_PINNEDPUBKEYNOTMATCH] {
            #expect(error(code) == .tls("why") && !error(code).isTransient)
        }
    }

    @Test("a proxy that refuses is asked again only where it may change its mind")
    func proxies() {
        let refusal = { (status: Int) in TransportError.proxy(ProxyRefusal(status: status, statusLine: "", proxy: nil))
        }
        #expect([400, 401, 403, 404, 405, 407].allSatisfy { !refusal($0).isTransient })
        #expect([408, 429, 500, 502, 503, 504].allSatisfy { refusal($0).isTransient })
    }
}
