#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Programs started by this one.
enum ChildProgram {
    /// Starts a program, found as a shell finds it; its standard error is ours.
    ///
    /// - Parameters:
    ///   - words: its name and its arguments, without NULs; not empty.
    ///   - input: becomes its standard input.
    ///   - output: becomes its standard output.
    /// - Returns: its process ID, or an `errno` value.
    static func start(_ words: [[UInt8]], input: Int32, output: Int32) -> Result<pid_t, ErrorNumber> {
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
