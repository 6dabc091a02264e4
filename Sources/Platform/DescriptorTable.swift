#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The descriptors that the process, or the system, can still open.
public enum DescriptorTable {
    /// How many one look-up or connection may need at a time.
    private static let need = 4

    /// What the system says when there are not enough for a connection; nil when there are.
    ///
    /// Libraries seldom report why they could not open a socket or a file; this finds out afterwards.
    public static var shortage: ErrorNumber? {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        for _ in 0..<need {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                let number = errno
                return [EMFILE, ENFILE].contains(number) ? ErrorNumber(number) : nil
            }
            opened.append(descriptor)
        }
        return nil
    }
}
