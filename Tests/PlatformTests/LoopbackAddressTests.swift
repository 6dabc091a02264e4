import Platform
import Testing

@Suite("Which hosts are this machine")
struct LoopbackAddressTests {
    @Test(
        "by the spelling in a URL",
        arguments: [
            ("localhost", true), ("LocalHost", true), ("localhost.", true), ("a.b.localhost", true),
            ("a.localhost.", true), ("127.0.0.1", true), ("127.255.255.254", true), ("127.1", true), ("127.0.1", true),
            ("0x7f.1", true), ("0x7F000001", true), ("0177.0.0.1", true), ("2130706433", true), ("017700000001", true),
            ("0.0.0.0", true), ("0", true), ("0x0", true), ("127.0.0.1.", true),
            ("[::1]", true), ("[0:0:0:0:0:0:0:1]", true), ("[::1%lo]", true), ("[::1%25lo]", true), ("[::]", true),
            ("[::ffff:127.0.0.1]", true), ("[::FFFF:7f00:1]", true), ("[::ffff:0.0.0.0]", true),
            // Names, which may lead here.
            ("127.0.0.08", true), ("127.0.0.256", true), ("127.0.0.0.1", true),
            ("", false), (".", false), ("localhost..", false), ("xlocalhost", false), ("localhost.com", false),
            ("128.0.0.1", false), ("1.0.0.127", false), ("127.0.0.1.com", false), ("127.0.0.1x", false),
            ("12.7.0.1", false), ("0127.0.0.1", false), ("0x80.1", false), ("2130706432.1", false), ("1", false),
            ("0.0.0.1", false), ("10.0.0.1", false), ("169.254.169.254", false),
            ("[::2]", false), ("[::127.0.0.1]", false), ("[fe80::1%lo]", false), ("[::ffff:10.0.0.1]", false),
            ("[::1", false), ("[]", false), ("[localhost]", false), ("[127.0.0.1]", true), ("::1", false),
            ("%6cocalhost", false), ("localhost%00", false),
        ])
    func names(host: String, isOwn: Bool) {
        #expect(LoopbackAddress.mayBeNamed(host) == isOwn)
    }

    @Test(
        "by the address that a connection has",
        arguments: [
            ("127.0.0.1", true), ("127.9.8.7", true), ("::1", true), ("::1%lo", true), ("::ffff:127.0.0.1", true),
            ("0.0.0.0", false), ("::", false), ("128.0.0.1", false), ("10.0.0.1", false), ("::2", false),
            ("::ffff:10.0.0.1", false), ("::127.0.0.1", false), ("fe80::1%lo", false), ("2001:db8::1", false),
            ("127.1", false), ("localhost", false), ("/tmp/socket", false), ("", false),
        ])
    func connected(address: String, isOwn: Bool) {
        #expect(LoopbackAddress.contains(address) == isOwn)
    }

    @Test(
        "the unspecified address leads here, though nothing is connected to it",
        arguments: [
            ("0.0.0.0", true), ("::", true), ("::ffff:0.0.0.0", true), ("127.0.0.1", true), ("::1", true),
            ("0.0.0.1", false), ("::2", false), ("10.0.0.1", false), ("", false),
        ])
    func reached(address: String, isOwn: Bool) {
        #expect(LoopbackAddress.isReached(by: address) == isOwn)
    }
}
