import CCurl
import Testing

@testable import HTTP

@Suite("libcurl's codes")
struct TransportErrorTests {
    private func error(_ code: CURLcode) -> TransportError { TransportError(code, "why", afterHead: false) }

    @Test("a handshake that breaks off is a lost connection")
    func handshake() {
        #expect(error(CURLE_SSL_CONNECT_ERROR) == .connect("why"))
    }

    @Test("a certificate that is not trusted is told from other trouble with TLS")
    func certificates() {
        for code in [CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS] {
            #expect(error(code) == .certificate("why"))
        }
    }

    @Test("what is wrong with TLS here")
    func local() {
        for code in [CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_PINNEDPUBKEYNOTMATCH] {
            #expect(error(code) == .tls("why"))
        }
    }
}
