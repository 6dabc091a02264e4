// Knows: which C library this platform has, and every name that differs between Linux and macOS.
// Must not know: anything of ours.

#if canImport(Glibc)
@_exported @preconcurrency public import Glibc
#elseif canImport(Musl)
@_exported @preconcurrency public import Musl
#else
@_exported public import Darwin
#endif
#if !canImport(Darwin)
// Some of the C library's types are taken for this module's, in builds that look at all files at once.
import CLinux
#endif

/// Signal handlers, whose structure is spelled differently on each platform.
public enum StopSignalAction {
    /// Has a signal call `handler`, and interrupt the system call it comes in; one that is ignored stays so.
    public static func install(_ number: Int32, handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        sigaction(number, nil, &action)
        #if canImport(Darwin)
        guard !isIgnored(action.__sigaction_u.__sa_handler) else { return }
        action = sigaction()
        action.__sigaction_u.__sa_handler = handler
        #else
        guard !isIgnored(action.__sigaction_handler.sa_handler) else { return }
        action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        #endif
        sigaction(number, &action, nil)
    }

    /// Has a signal do again what it does by itself, unless it is ignored.
    public static func uninstall(_ number: Int32) {
        var action = sigaction()
        sigaction(number, nil, &action)
        #if canImport(Darwin)
        let isIgnored = isIgnored(action.__sigaction_u.__sa_handler)
        #else
        let isIgnored = isIgnored(action.__sigaction_handler.sa_handler)
        #endif
        if !isIgnored { signal(number, SIG_DFL) }
    }

    private static func isIgnored(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}

/// Programs started by this one.
public enum ChildProgram {
    /// Starts a program, found as a shell finds it; its standard error is ours.
    ///
    /// - Parameters:
    ///   - words: its name and its arguments, without NULs; not empty.
    ///   - input: becomes its standard input.
    ///   - output: becomes its standard output.
    /// - Returns: its process ID, or an `errno` value.
    public static func start(_ words: [[UInt8]], input: Int32, output: Int32) -> Result<pid_t, ErrorNumber> {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        let environment = _NSGetEnviron().pointee
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        let environment = environ
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // This program ignores closed pipes and full files, which another one counts on to be ended by.
        var usual = sigset_t()
        sigemptyset(&usual)
        for number in [SIGPIPE, SIGXFSZ] { sigaddset(&usual, number) }
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var arguments = words.map { word in
            strdup(word.map(CChar.init(bitPattern:)) + [0]) as UnsafeMutablePointer<CChar>?
        }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var process: pid_t = 0
        guard let name = arguments[0] else { return .failure(ErrorNumber(ENOMEM)) }
        let error = posix_spawnp(&process, name, &actions, &attributes, arguments, environment)
        return error == 0 ? .success(process) : .failure(ErrorNumber(error))
    }
}

/// What the system said of a call.
public struct ErrorNumber: Error, Sendable {
    /// One of the constants of `errno.h`.
    public let number: Int32

    /// One of the constants of `errno.h`.
    public init(_ number: Int32) {
        self.number = number
    }

    /// The system's words.
    public var words: String { String(cString: strerror(number)) }
}

/// The timer that raises SIGALRM.
public enum AlarmClock {
    /// Raises it after a time, and from then on over and over.
    public static func start(after first: Duration, again: Duration) {
        set(itimerval(it_interval: timeval(again), it_value: timeval(first)))
    }

    /// Raises it no more.
    public static func stop() {
        set(itimerval(it_interval: timeval(.zero), it_value: timeval(.zero)))
    }

    private static func set(_ timer: itimerval) {
        var timer = timer
        #if canImport(Darwin)
        setitimer(ITIMER_REAL, &timer, nil)
        #else
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
        #endif
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let milliseconds = duration.wholeMilliseconds
        self.init(tv_sec: milliseconds / 1000, tv_usec: .init(milliseconds % 1000 * 1000))
    }
}

/// The process's own environment, byte for byte.
public enum ProcessEnvironment {
    /// A variable's value; nil when it is not set.
    static func value(of name: String) -> [UInt8]? {
        getenv(name).map { UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init(bitPattern:)) }
    }

    /// Every variable, `NAME=VALUE`, with some set anew.
    public static func setting(_ changes: [(name: String, value: [UInt8])]) -> [[UInt8]] {
        let kept = all.filter { variable in !changes.contains { variable.starts(with: "\($0.name)=".utf8) } }
        return kept + changes.map { Array("\($0.name)=".utf8) + $0.value }
    }

    private static var all: [[UInt8]] {
        #if canImport(Darwin)
        var next = _NSGetEnviron().pointee
        #else
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        #endif
        var variables: [[UInt8]] = []
        while let variable = next?.pointee {
            variables.append(UnsafeBufferPointer(start: variable, count: strlen(variable)).map(UInt8.init(bitPattern:)))
            next? += 1
        }
        return variables
    }
}
