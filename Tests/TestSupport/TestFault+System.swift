import Foundation

extension TestFault {
    /// A system call that has just failed, with `errno` as it stands.
    static func system(_ what: String) -> TestFault {
        .system(what, errno: errno)
    }

    /// The system's words for an error number.
    static func words(of errno: Int32) -> String {
        String(cString: strerror(errno))
    }
}
