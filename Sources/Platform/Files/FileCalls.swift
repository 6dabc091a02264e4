#if canImport(Glibc)
import CLinux
import Glibc
#elseif canImport(Musl)
import CLinux
import Musl
#else
import Darwin
#endif

/// Calls on files that only one of the platforms has, or that they spell differently.
enum FileCalls {
    /// Opens a folder in order to pass through it, which needs no right to list it.
    static var passing: Int32 {
        #if canImport(Darwin)
        O_SEARCH | O_DIRECTORY
        #else
        clinux_path | O_DIRECTORY
        #endif
    }

    /// Whether something is mounted on a file, which then can't be renamed over; false where the system does not say.
    static func isMountPoint(_ name: UnsafePointer<CChar>, in folder: Int32) -> Bool {
        #if canImport(Darwin)
        return false
        #else
        return clinux_is_mount_point(folder, name) != 0
        #endif
    }

    /// Has the file system set room aside for a file's content, which stays as it is.
    ///
    /// - Throws: that there is no room; not that room can't be set aside.
    static func reserve(_ size: off_t, for descriptor: Int32) throws(ErrorNumber) {
        #if !canImport(Darwin)
        guard size > 0, fallocate(descriptor, clinux_keep_size, 0, size) != 0 else { return }
        if [ENOSPC, EDQUOT, EFBIG].contains(errno) { throw ErrorNumber(errno) }
        #endif
    }

    /// Whether a folder is the one in which a process finds its own descriptors as files named by their numbers.
    static func isOwnDescriptors(_ folder: Int32) -> Bool {
        #if canImport(Darwin)
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard fcntl(folder, F_GETPATH, &buffer) != -1 else { return false }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) == "/dev/fd"
        #else
        guard let own = linkTarget("/proc/self"), let path = linkTarget("/proc/self/fd/\(folder)") else { return false }
        // That of the process, or of one of its threads.
        return path.hasPrefix("/proc/\(own)/") && path.hasSuffix("/fd")
        #endif
    }

    #if !canImport(Darwin)
    private static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
    #endif
}

/// read(2), for types that have a method of that name.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

/// write(2), for types that have a method of that name.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

/// open(2), for types that have a method of that name.
func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    open(path, flags)
}

/// close(2), for types that have a method of that name.
func systemClose(_ descriptor: Int32) {
    close(descriptor)
}
