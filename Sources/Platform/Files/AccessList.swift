#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Access control lists of files. On Linux they are extended attributes, on macOS something of their own.
enum AccessList {
    #if canImport(Darwin)
    /// A file's list as the system writes it; empty when it has none.
    static func read(_ descriptor: Int32) throws(ErrorNumber) -> [UInt8] {
        guard let list = acl_get_fd_np(descriptor, ACL_TYPE_EXTENDED) else {
            if [ENOENT, ENOTSUP, EOPNOTSUPP].contains(errno) { return [] }
            throw ErrorNumber(errno)
        }
        defer { acl_free(UnsafeMutableRawPointer(list)) }
        let size = acl_size(list)
        guard size >= 0 else { throw ErrorNumber(errno) }
        var bytes = [UInt8](repeating: 0, count: size)
        let count = bytes.withUnsafeMutableBytes { acl_copy_ext_native($0.baseAddress, list, size) }
        guard count >= 0 else { throw ErrorNumber(errno) }
        return Array(bytes.prefix(count))
    }

    /// Gives a file a list in place of its own.
    static func set(_ bytes: [UInt8], _ descriptor: Int32) throws(ErrorNumber) {
        let list = bytes.isEmpty ? acl_init(1) : bytes.withUnsafeBytes { acl_copy_int_native($0.baseAddress) }
        guard let list else { throw ErrorNumber(errno) }
        defer { acl_free(UnsafeMutableRawPointer(list)) }
        if acl_set_fd_np(descriptor, list, ACL_TYPE_EXTENDED) != 0 { throw ErrorNumber(errno) }
    }
    #else
    private static let folderAttribute = Array("system.posix_acl_default".utf8)
    /// The extended attribute that holds a file's list.
    static let attribute = Array("system.posix_acl_access".utf8)
    // Tags of the entries that the bits of a mode stand for.
    private static let (owner, group, mask, others): (UInt16, UInt16, UInt16, UInt16) = (0x01, 0x04, 0x10, 0x20)

    /// The list of a new file that a folder's own list asks for, when it may be read and written but not run; nil when the
    /// folder has none.
    ///
    /// - Throws: the system's error when the folder can't be read.
    static func ofNewFile(in folder: Int32) throws(ErrorNumber) -> [UInt8]? {
        // The folder may have been opened only to be passed through.
        let readable = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard readable >= 0 else { throw ErrorNumber(errno) }
        defer { close(readable) }
        do throws(ErrorNumber) {
            return masked(try ExtendedAttributes.value(of: folderAttribute, readable))
        } catch {
            if [ENODATA, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(error.number) { return nil }
            throw error
        }
    }

    /// The entries that a mode stands for, without the right to run the file. After a version of four bytes each entry has
    /// eight: a tag, rights and an ID, little-endian.
    private static func masked(_ list: [UInt8]) -> [UInt8] {
        var list = list
        let starts = stride(from: 4, to: list.count - 7, by: 8)
        let tag = { (start: Int) in UInt16(list[start]) | UInt16(list[start + 1]) << 8 }
        let hasMask = starts.contains { tag($0) == mask }
        let limited = [owner, hasMask ? mask : group, others]
        for start in starts where limited.contains(tag(start)) { list[start + 2] &= 0o6 }
        return list
    }
    #endif
}
