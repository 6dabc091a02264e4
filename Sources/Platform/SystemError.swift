#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the system said of a call.
public struct ErrorNumber: Error, Sendable {
    /// One of the constants of `errno.h`.
    public let number: Int32

    /// One of the constants of `errno.h`.
    public init(_ number: Int32) {
        self.number = number
    }

    /// Whether nothing takes connections at an address.
    public var isConnectionRefused: Bool { number == ECONNREFUSED }

    /// The system's message.
    public var words: String { String(cString: strerror(number)) }
}

/// Why something with a file, a descriptor or the process could not be done. A label says what it was done with.
public enum SystemError: Error, Sendable {
    /// The system refused a call.
    case call(Message, ErrorNumber)
    /// The file is refused for this reason.
    case refused(Message, reason: Message)
    /// A descriptor that the program was not started with; nil for a pipe of its own.
    case notPassed(Message, descriptor: Int32?)
    /// A descriptor that is not open for what it is to be used for.
    case wrongDirection(Message, descriptor: Int32, isForWriting: Bool)
    /// There are more bytes than this limit.
    case tooLarge(Message, limit: Int)
    /// Whoever read the output went away.
    case closedPipe
    /// A signal asked the program to end.
    case signal(Int32)
    /// The program took longer than it may.
    case outOfTime(Duration)

    /// A call that the system refused, with `errno` at its present value.
    public static func lastCall(_ label: Message) -> SystemError { .call(label, ErrorNumber(errno)) }
}
