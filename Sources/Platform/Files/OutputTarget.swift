#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What stands at an output path.
public enum OutputTarget {
    /// A descriptor the program already has: `-`, `/dev/stdout`, `/dev/fd/1`.
    case descriptor(Int32)
    /// Something that is not a regular file and can only be written directly.
    case device(FilePlace)
    /// A regular file, there or not.
    case file(FilePlace)

    /// Looks at a path.
    ///
    /// - Parameter label: what the path names, for the error.
    /// - Throws: ``SystemError`` when it leads nowhere, or to what is not the caller's to write to.
    public init(_ path: [UInt8], standardOutput: Int32, _ label: Message) throws(SystemError) {
        let name = String(decoding: path, as: UTF8.self)
        if name == "-" || name == "/dev/stdout" {
            self = .descriptor(standardOutput)
            return
        }
        let end: PathWalk.End
        if let number = PassedDescriptor.number(in: path) {
            end = .descriptor(number)
        } else {
            end = try PathWalk.end(of: path, isCautious: true, label)
        }
        switch end {
        case .descriptor(let number):
            try PassedDescriptor.check(number, not: O_RDONLY, label)
            self = .descriptor(number)
        case .place(let place):
            let status = try? place.folder.status(of: place.name)
            self = status.map { $0.st_mode & S_IFMT != S_IFREG } == true ? .device(place) : .file(place)
        }
    }
}
