import Platform
import Testing

@testable import HTTP

@Suite("Which variable names the proxy")
struct ProxySettingTests {
    private func setting(_ variables: [String: String], isEncrypted: Bool = true) -> ProxySetting? {
        ProxySetting(
            isEncrypted: isEncrypted, ProcessContext { name in variables[name].map { Array($0.utf8) } })
    }

    @Test("the first that is set and not empty, as libcurl takes them")
    func order() {
        let all = ["https_proxy": "a", "HTTPS_PROXY": "b", "all_proxy": "c", "ALL_PROXY": "d"]
        #expect(setting(all)?.variable == "https_proxy")
        #expect(setting(all.merging(["https_proxy": ""]) { $1 })?.variable == "HTTPS_PROXY")
        #expect(setting(["all_proxy": "c", "ALL_PROXY": "d"])?.variable == "all_proxy")
        #expect(setting(["ALL_PROXY": "d"])?.variable == "ALL_PROXY")
        #expect(setting(["http_proxy": "e", "HTTP_PROXY": "f"]) == nil)
        #expect(setting(all, isEncrypted: false)?.variable == "all_proxy")
        #expect(setting(["http_proxy": "e"], isEncrypted: false)?.variable == "http_proxy")
        #expect(setting(["HTTP_PROXY": "f"], isEncrypted: false) == nil)
    }

    @Test("the hosts to reach without it, the lower-case variable first")
    func exceptions() {
        let both = ["ALL_PROXY": "a", "no_proxy": " b,c\r", "NO_PROXY": "d"]
        #expect(setting(both)?.exceptions == Array("b,c".utf8))
        #expect(setting(both.merging(["no_proxy": ""]) { $1 })?.exceptions == Array("d".utf8))
        #expect(setting(["ALL_PROXY": "a"])?.exceptions == [])
    }

    @Test(
        "its host, and nothing of a password",
        arguments: [
            ("proxy:3128", "proxy:3128"), ("http://proxy:3128/", "proxy:3128"), ("socks5h://[::1]:1080", "[::1]:1080"),
            ("http://me:secret@proxy", "proxy"), ("me:secret@proxy:1/x", "proxy:1"),
            ("http://a:p@ss@proxy:1", "proxy:1"),
            ("http://a:p/ss@proxy:1", "proxy:1"), ("http://", ""),
        ])
    func host(address: String, host: String) {
        #expect(setting(["ALL_PROXY": address])?.host == host)
    }
}
