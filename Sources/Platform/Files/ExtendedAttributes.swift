#if canImport(Glibc)
import CLinux
import Glibc
#elseif canImport(Musl)
import CLinux
import Musl
#else
import Darwin
#endif

/// The extended attributes of an open file, by the calls that Linux and macOS spell differently.
enum ExtendedAttributes {
    /// Attributes that are not copied: the system computes them from the content, sets them on its own, or they give the file
    /// more rights when it is run, as the set-ID bits do.
    private static let uncopied = [
        "security.capability", "security.ima", "security.evm", "com.apple.provenance",
    ].map { Array($0.utf8) }

    /// The attributes by name; none on a file system without them.
    ///
    /// - Throws: the system's error when they can't be read.
    static func read(_ descriptor: Int32) throws(ErrorNumber) -> [[UInt8]: [UInt8]] {
        var attributes: [[UInt8]: [UInt8]] = [:]
        for name in try names(descriptor) where !uncopied.contains(name) {
            attributes[name] = try value(of: name, descriptor)
        }
        return attributes
    }

    /// Makes an attribute of a file.
    static func set(_ name: [UInt8], to value: [UInt8], _ descriptor: Int32) throws(ErrorNumber) {
        let result = CPath.with(name) { name in
            #if canImport(Darwin)
            fsetxattr(descriptor, name, value, value.count, 0, 0)
            #else
            fsetxattr(descriptor, name, value, value.count, 0)
            #endif
        }
        if result != 0 { throw ErrorNumber(errno) }
    }

    /// Takes an attribute from a file.
    static func remove(_ name: [UInt8], _ descriptor: Int32) throws(ErrorNumber) {
        let result = CPath.with(name) { name in
            #if canImport(Darwin)
            fremovexattr(descriptor, name, 0)
            #else
            fremovexattr(descriptor, name)
            #endif
        }
        if result != 0 { throw ErrorNumber(errno) }
    }

    /// An attribute's value.
    ///
    /// - Throws: the system's error; `ENODATA` or `ENOATTR` when it is not there.
    static func value(of name: [UInt8], _ descriptor: Int32) throws(ErrorNumber) -> [UInt8] {
        try bytes { buffer, size in
            CPath.with(name) { name in
                #if canImport(Darwin)
                fgetxattr(descriptor, name, buffer, size, 0, 0)
                #else
                fgetxattr(descriptor, name, buffer, size)
                #endif
            }
        }
    }

    private static func names(_ descriptor: Int32) throws(ErrorNumber) -> [[UInt8]] {
        do throws(ErrorNumber) {
            let list = try bytes { buffer, size in
                let characters = buffer?.assumingMemoryBound(to: CChar.self)
                #if canImport(Darwin)
                return flistxattr(descriptor, characters, size, 0)
                #else
                return flistxattr(descriptor, characters, size)
                #endif
            }
            return list.split(separator: 0).map(Array.init)
        } catch {
            if [ENOTSUP, EOPNOTSUPP, ENOSYS].contains(error.number) { return [] }
            throw error
        }
    }

    /// What a call gives that reports the size when there is no room; called again when it grew meanwhile.
    private static func bytes(
        _ call: (UnsafeMutableRawPointer?, Int) -> Int
    ) throws(ErrorNumber) -> [UInt8] {
        for _ in 0..<10 {
            let size = call(nil, 0)
            guard size >= 0 else { throw ErrorNumber(errno) }
            guard size > 0 else { return [] }
            var buffer = [UInt8](repeating: 0, count: size)
            let count = buffer.withUnsafeMutableBytes { call($0.baseAddress, $0.count) }
            if count >= 0 { return Array(buffer.prefix(count)) }
            guard errno == ERANGE else { throw ErrorNumber(errno) }
        }
        throw ErrorNumber(ERANGE)
    }
}
