#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Who owns a file and who may do what with it, and the extended attributes it has: what must stay when another file takes its
/// place.
struct FileAttributes: Equatable, Sendable {
    /// An attribute that could not be given to a file.
    struct Problem: Error, Sendable {
        /// What it is, as in "its owner and group".
        let attribute: Message
        /// What the system said.
        let error: ErrorNumber
    }

    private let owner: uid_t
    private let group: gid_t
    /// Without the set-ID bits, which no other file inherits.
    private let mode: mode_t
    private let extended: [[UInt8]: [UInt8]]
    /// Empty on Linux, where it is one of the extended attributes.
    private let accessList: [UInt8]

    /// Those of an open file.
    ///
    /// - Throws: what can't be read.
    init(of descriptor: Int32) throws(Problem) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Problem(attribute: "its mode", error: ErrorNumber(errno)) }
        owner = status.st_uid
        group = status.st_gid
        mode = status.st_mode & 0o1777
        extended = try Self.attempt("its extended attributes") { () throws(ErrorNumber) in
            try ExtendedAttributes.read(descriptor)
        }
        #if canImport(Darwin)
        accessList = try Self.attempt("its access control list") { () throws(ErrorNumber) in
            try AccessList.read(descriptor)
        }
        #else
        accessList = []
        #endif
    }

    /// Gives a file that was just made for its owner alone what the system gives a new file for data in that folder: by the
    /// folder's access control list, or the process's mask.
    ///
    /// - Throws: what can't be found out, or that the file does not take.
    static func applyDefaults(to descriptor: Int32, in folder: Int32) throws(Problem) {
        #if !canImport(Darwin)
        let list = try attempt("its access control list") { () throws(ErrorNumber) in
            try AccessList.ofNewFile(in: folder)
        }
        if let list {
            return try attempt("its access control list") { () throws(ErrorNumber) in
                try ExtendedAttributes.set(AccessList.attribute, to: list, descriptor)
            }
        }
        #endif
        let mask = umask(0o077)
        umask(mask)
        guard fchmod(descriptor, 0o666 & ~mask) == 0 else {
            throw Problem(attribute: "its mode", error: ErrorNumber(errno))
        }
    }

    /// Gives an open file these attributes, the widest last, and looks whether it has them.
    ///
    /// - Throws: the first that it does not take.
    func apply(to descriptor: Int32) throws(Problem) {
        let present = try FileAttributes(of: descriptor)
        guard present != self else { return }
        try applyOwner(to: descriptor, present)
        for name in present.extended.keys where extended[name] == nil {
            try Self.attempt(Self.label(name)) { () throws(ErrorNumber) in
                try ExtendedAttributes.remove(name, descriptor)
            }
        }
        #if canImport(Darwin)
        if present.accessList != accessList {
            try Self.attempt("its access control list") { () throws(ErrorNumber) in
                try AccessList.set(accessList, descriptor)
            }
        }
        #endif
        for (name, value) in extended where present.extended[name] != value {
            try Self.attempt(Self.label(name)) { () throws(ErrorNumber) in
                try ExtendedAttributes.set(name, to: value, descriptor)
            }
        }
        guard fchmod(descriptor, mode) == 0 else { throw Problem(attribute: "its mode", error: ErrorNumber(errno)) }
        try verify(descriptor)
    }

    private func applyOwner(to descriptor: Int32, _ present: FileAttributes) throws(Problem) {
        guard owner != present.owner || group != present.group else { return }
        // Whose it is already need not be set, which only the superuser may.
        let newOwner = owner == present.owner ? uid_t.max : owner
        let newGroup = group == present.group ? gid_t.max : group
        guard fchown(descriptor, newOwner, newGroup) == 0 else {
            throw Problem(attribute: "its owner and group", error: ErrorNumber(errno))
        }
    }

    /// A file system may take what it does not keep.
    private func verify(_ descriptor: Int32) throws(Problem) {
        let result = try FileAttributes(of: descriptor)
        let problem: Message? =
            if result.owner != owner || result.group != group {
                "its owner and group"
            } else if result.mode != mode {
                "its mode"
            } else if result.accessList != accessList {
                "its access control list"
            } else if let name = Self.difference(result.extended, extended) {
                Self.label(name)
            } else {
                nil
            }
        if let problem { throw Problem(attribute: problem, error: ErrorNumber(ENOTSUP)) }
    }

    private static func difference(_ a: [[UInt8]: [UInt8]], _ b: [[UInt8]: [UInt8]]) -> [UInt8]? {
        Set(a.keys).union(b.keys).first { a[$0] != b[$0] }
    }

    private static func label(_ name: [UInt8]) -> Message {
        #if !canImport(Darwin)
        if name == AccessList.attribute { return "its access control list" }
        #endif
        return "its extended attribute \(quoted: name)"
    }

    private static func attempt<Result>(
        _ attribute: Message, _ body: () throws(ErrorNumber) -> Result
    ) throws(Problem) -> Result {
        do throws(ErrorNumber) {
            return try body()
        } catch {
            throw Problem(attribute: attribute, error: error)
        }
    }
}
