#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The way along a path, name by name, each folder held open, so that nobody can lead it elsewhere on the way.
struct PathWalk {
    /// Where a path leads.
    enum End {
        /// A name in a folder, which is no symbolic link; nothing may be there.
        case place(FilePlace)
        /// One of the process's own descriptors.
        case descriptor(Int32)
    }

    private static let root: [UInt8] = [UInt8(ascii: "/")]
    /// As many symbolic links as Linux follows.
    private static let mostLinks = 40

    private var folder: Folder
    /// The names that are still to be gone through, the next one last.
    private var names: [[UInt8]]
    private var links = 0
    private let isCautious: Bool

    /// Follows a path to its end.
    ///
    /// - Parameter isCautious: whether a symbolic link that another user put into a shared folder ends the way.
    /// - Throws: ``SystemError`` when the path leads nowhere.
    static func end(of path: [UInt8], isCautious: Bool, _ label: Message) throws(SystemError) -> End {
        do throws(ErrorNumber) {
            guard !path.isEmpty else { throw ErrorNumber(ENOENT) }
            var walk = PathWalk(
                folder: try Folder(path.first == UInt8(ascii: "/") ? root : [UInt8(ascii: ".")], in: nil),
                names: names(of: path), isCautious: isCautious)
            return try walk.run()
        } catch {
            guard error.number == foreignLink else { throw .call(label, error) }
            throw .refused(label, reason: foreignLinkWords)
        }
    }

    private init(folder: Folder, names: [[UInt8]], isCautious: Bool) {
        self.folder = folder
        self.names = names
        self.isCautious = isCautious
    }

    private mutating func run() throws(ErrorNumber) -> End {
        while let name = names.popLast() {
            if names.isEmpty, let number = Self.number(name), FileCalls.isOwnDescriptors(folder.descriptor) {
                return .descriptor(number)
            }
            if name.elementsEqual("..".utf8) || name.elementsEqual(".".utf8) {
                folder = try Folder(name, in: folder)
            } else if let status = try status(of: name) {
                if status.st_mode & S_IFMT == S_IFLNK {
                    try follow(name, status)
                } else if names.isEmpty, status.st_mode & S_IFMT != S_IFDIR {
                    return .place(FilePlace(folder: folder, name: name))
                } else {
                    folder = try Folder(name, in: folder)
                }
            } else {
                return .place(FilePlace(folder: folder, name: name))
            }
        }
        throw ErrorNumber(EISDIR)
    }

    /// What stands under a name; nil when it is the last one and nothing does.
    private func status(of name: [UInt8]) throws(ErrorNumber) -> stat? {
        do throws(ErrorNumber) {
            return try folder.status(of: name)
        } catch {
            guard error.number == ENOENT, names.isEmpty else { throw error }
            return nil
        }
    }

    private mutating func follow(_ link: [UInt8], _ status: stat) throws(ErrorNumber) {
        links += 1
        guard links <= Self.mostLinks else { throw ErrorNumber(ELOOP) }
        if isCautious, try isForeign(status) { throw ErrorNumber(Self.foreignLink) }
        let target = try folder.target(of: link)
        guard !target.isEmpty else { throw ErrorNumber(ENOENT) }
        if target.first == UInt8(ascii: "/") { folder = try Folder(Self.root, in: nil) }
        names += Self.names(of: target)
    }

    /// Whether a link is another user's, in a folder where everyone may make files and nobody may remove those of others: what
    /// `/tmp` is. That user could have whatever the caller may write to overwritten.
    private func isForeign(_ link: stat) throws(ErrorNumber) -> Bool {
        let folder = try folder.status(of: [UInt8(ascii: ".")])
        guard folder.st_mode & S_ISVTX != 0, folder.st_mode & (S_IWGRP | S_IWOTH) != 0 else { return false }
        return link.st_uid != geteuid() && link.st_uid != folder.st_uid
    }

    /// No system call gives this one.
    private static let foreignLink: Int32 = -1
    private static let foreignLinkWords: Message = "not followed: a symbolic link of another user in a shared folder"

    /// The names in a path, in reverse. One that ends in a slash must lead to a folder.
    private static func names(of path: [UInt8]) -> [[UInt8]] {
        let names = path.split(separator: UInt8(ascii: "/")).map(Array.init)
        let end: [[UInt8]] = path.last == UInt8(ascii: "/") ? [[UInt8(ascii: ".")]] : []
        return (names + end).reversed()
    }

    /// The number of a descriptor, as the system spells it.
    private static func number(_ name: [UInt8]) -> Int32? {
        let text = String(decoding: name, as: UTF8.self)
        return Int32(text).flatMap { String($0).utf8.elementsEqual(name) ? $0 : nil }
    }
}

/// A name in an open folder.
public struct FilePlace: Sendable {
    /// The folder.
    public let folder: Folder
    /// Without a slash.
    public let name: [UInt8]

    /// Whether both are the same name in the same folder.
    public func isSame(as other: FilePlace) -> Bool {
        guard name == other.name, let a = try? folder.status(of: [UInt8(ascii: ".")]),
            let b = try? other.folder.status(of: [UInt8(ascii: ".")])
        else { return false }
        return a.st_dev == b.st_dev && a.st_ino == b.st_ino
    }
}
