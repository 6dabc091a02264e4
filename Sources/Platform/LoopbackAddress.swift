#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which hosts are this machine.
public enum LoopbackAddress {
    /// Whether a host of a URL names this machine, as far as its spelling shows: where it leads is known only once it is
    /// connected to (``contains(_:)``).
    ///
    /// - Parameter host: a name, or an address in any spelling that a URL may have; IPv6 in brackets.
    public static func mayBeNamed(_ host: some StringProtocol) -> Bool {
        let host = host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { return isOwn(bytes(of: String(host.dropFirst().dropLast()))) }
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        // An address in fewer parts, in hexadecimal or octal.
        var address = in_addr()
        if inet_aton(String(name), &address) == 1 { return isOwn(withUnsafeBytes(of: address) { Array($0) }) }
        // 127.0.0.08 is no address but a name, which may be looked up.
        return name.hasPrefix("127.") && name.utf8.allSatisfy { $0 == UInt8(ascii: ".") || isDigit($0) }
    }

    /// Whether a numeric address is one by which this machine reaches itself.
    ///
    /// - Parameter address: as the system prints it; a zone after `%` is skipped.
    public static func contains(_ address: String) -> Bool { isLoopback(bytes(of: address)) }

    /// Whether a connection to a numeric address leads to this machine: to a loopback address, or to the unspecified one
    /// (`0.0.0.0`, `::`), which the system takes for it.
    public static func isReached(by address: String) -> Bool { isOwn(bytes(of: address)) }

    private static func isOwn(_ bytes: [UInt8]) -> Bool {
        isLoopback(bytes) || (!bytes.isEmpty && bytes.allSatisfy { $0 == 0 })
    }

    private static func isLoopback(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The 4 or 16 bytes of an address, 4 also for IPv4 inside IPv6 (`::ffff:127.0.0.1`); none for what is not one.
    private static func bytes(of address: String) -> [UInt8] {
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        guard inet_pton(AF_INET6, String(address.prefix { $0 != "%" }), &sixteen) == 1 else { return [] }
        let bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }
}
