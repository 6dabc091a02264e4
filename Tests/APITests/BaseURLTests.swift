import API
import Testing

@Suite("Base URL")
struct BaseURLTests {
    private func parse(_ text: String) throws(BaseURL.Problem) -> BaseURL { try BaseURL(parsing: Array(text.utf8)) }

    @Test(
        "with and without /v1 and a final slash",
        arguments: [
            ("https://api.cerebras.ai", "https://api.cerebras.ai"),
            ("https://api.cerebras.ai/", "https://api.cerebras.ai"),
            ("https://api.cerebras.ai/v1", "https://api.cerebras.ai"),
            ("https://api.cerebras.ai/v1/", "https://api.cerebras.ai"),
            ("https://api.cerebras.ai//v1//", "https://api.cerebras.ai"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://localhost:8080/proxy/v1", "http://localhost:8080/proxy"), ("http://h/v1/v1", "http://h/v1"),
            ("http://h/xv1", "http://h/xv1"), ("HTTPS://H/v1", "HTTPS://H"),
            ("http://[::1]:80/v1", "http://[::1]:80"), ("http://h/a%20b", "http://h/a%20b"), ("http://v1", "http://v1"),
            ("http://v1/v1", "http://v1"), ("http://h/@x", "http://h/@x"),
        ])
    func forms(text: String, base: String) throws {
        #expect(try parse(text).text == base)
        #expect(try parse(text).completions == base + "/v1/completions")
    }

    @Test(
        "another version than /v1 takes its place, and an endpoint is taken as it is",
        arguments: [
            ("http://h/v10", "http://h/v10"), ("https://h/api/v3/", "https://h/api/v3"),
            ("http://h/v2.1", "http://h/v2.1"),
            ("http://h/v1beta", "http://h/v1beta"), ("http://h/v1alpha2", "http://h/v1alpha2"),
            ("http://h/v1/completions", "http://h/v1"), ("http://h/api/v3/completions/", "http://h/api/v3"),
            ("http://h/completions", "http://h"), ("http://h/a/completions", "http://h/a"),
            ("http://h/v2ray", "http://h/v2ray/v1"), ("http://h/v", "http://h/v/v1"),
            ("http://h/v.1", "http://h/v.1/v1"),
            ("http://h/mycompletions", "http://h/mycompletions/v1"), ("http://v3", "http://v3/v1"),
        ])
    func versions(text: String, base: String) throws {
        #expect(try parse(text).completions == base + "/completions")
        #expect(try parse(text).models(isPublic: false, id: nil) == base + "/models")
        #expect(try parse(text).models(isPublic: false, id: Array("a".utf8)) == base + "/models/a")
    }

    @Test("the public catalog stands above the version")
    func catalog() throws {
        #expect(try parse("https://h/api/v3").models(isPublic: true, id: nil) == "https://h/api/public/v3/models")
        #expect(BaseURL.vendor.models(isPublic: true, id: nil) == "https://api.cerebras.ai/public/v1/models")
    }

    @Test(
        "what is no base URL is refused with its reason",
        arguments: [
            ("", .notHTTP), ("api.cerebras.ai", .notHTTP), ("ftp://h", .notHTTP), ("http:/h", .notHTTP),
            ("//h", .notHTTP),
            ("http://", .noHost), ("https:///v1", .noHost), ("http://:80", .noHost), ("http://h?x=1", .queryOrFragment),
            ("http://h/#a", .queryOrFragment), ("http://user@h", .credentials), ("http://u:p@h/v1", .credentials),
            ("http://h /v1", .invalidCharacter), ("http://h\n", .invalidCharacter), ("http://é", .invalidCharacter),
            ("http://h:0", .badPort), ("http://h:65536/v1", .badPort), ("http://[::1]:x", .badPort),
            ("http://h:-1", .badPort),
            ("http://[::1", .badHost), ("http://a\\.b", .badHost), ("http://{h}", .badHost),
            ("http://h/v1/chat/completions", .chat), ("http://h/chat/completions/", .chat),
            ("http://h\u{0}", .invalidCharacter), ("http://h\u{7f}", .invalidCharacter),
        ] as [(String, BaseURL.Problem)])
    func refusals(text: String, problem: BaseURL.Problem) {
        #expect(throws: problem) { try parse(text) }
    }

    @Test(
        "this machine is known by name and by address, and by nothing that only looks so",
        arguments: [
            ("localhost", true), ("LOCALHOST:8080", true), ("a.localhost", true), ("127.0.0.1", true),
            ("127.9.8.7:1", true), ("0.0.0.0:8000", true), ("[::]:8000", true), ("127.1:80", true),
            ("localhost.:80", true),
            ("[::1]", true), ("[::1]:8080", true), ("localhost.example.com", false), ("127.0.0.1.example.com", false),
            ("127.example.com", false), ("notlocalhost", false), ("128.0.0.1", false), ("[::2]", false),
            ("example.com/localhost", false), ("api.cerebras.ai", false),
        ])
    func loopback(authority: String, isLoopback: Bool) throws {
        #expect(try parse("http://\(authority)").isLoopback == isLoopback)
        #expect(try parse("https://\(authority)/v1").isLoopback == isLoopback)
    }

    @Test(
        "the vendor's own host is known however it is written",
        arguments: [
            ("https://api.cerebras.ai", true), ("https://API.Cerebras.AI/v1/", true),
            ("https://api.cerebras.ai:443/v1", true), ("https://api.cerebras.ai/proxy", true),
            ("https://api.cerebras.ai:8443", false), ("https://api.cerebras.ai.example.com", false),
            ("http://api.cerebras.ai", false), ("https://example.com/api.cerebras.ai", false),
        ])
    func vendorHost(text: String, isVendor: Bool) throws {
        #expect(try parse(text).isVendor == isVendor)
    }

    @Test("the vendor's own is the documented one")
    func vendor() {
        #expect(BaseURL.vendor.completions == "https://api.cerebras.ai/v1/completions" && !BaseURL.vendor.isLoopback)
    }
}
