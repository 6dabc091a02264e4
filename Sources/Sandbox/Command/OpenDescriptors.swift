import Foundation

/// The descriptors that the process was started with, which are a child's to inherit; the others are not.
struct OpenDescriptors: Sendable {
    private static let range: Range<Int32> = 3..<1024
    private let inherited: Set<Int32>

    /// Those open now; to be called before the program opens any.
    init() {
        inherited = Set(Self.range.filter { fcntl($0, F_GETFD) != -1 })
    }

    /// Has every descriptor that was opened since close when another program is executed.
    func keepToThisProcess() {
        for descriptor in Self.range where !inherited.contains(descriptor) {
            let flags = fcntl(descriptor, F_GETFD)
            if flags != -1 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
        }
    }
}
