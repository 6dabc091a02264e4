import CSpawn
import Foundation

/// Starts a program with exactly the arguments, environment, folder and descriptors that it is given.
enum ProgramLaunch {
    /// Starts it as the leader of a session, and so of a process group, of its own.
    ///
    /// - Returns: its process's number.
    /// - Throws: ``TestFault`` when it can't be started.
    static func start(_ program: TestProgram, _ ends: ProgramEnds) throws(TestFault) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, origin) in zip(Int32(0)..., ends.origins) {
            switch origin {
            case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            case .path(let path, let flags): posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o666)
            case .closed: posix_spawn_file_actions_addclose(&actions, number)
            }
        }
        cspawn_add_closefrom(&actions, 3)
        if let folder = program.folder { cspawn_add_chdir(&actions, folder) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = cspawn_setsid | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, flags)

        var pid: pid_t = 0
        let arguments = CStrings([Array(program.path.utf8)] + program.arguments)
        let environment = CStrings(program.environment)
        let problem = posix_spawn(&pid, program.path, &actions, &attributes, arguments.pointers, environment.pointers)
        guard problem == 0 else { throw .system("starting \(program.path)", errno: problem) }
        return pid
    }
}

/// C strings in memory of their own, with the null pointer that ends them.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [[UInt8]]) {
        pointers = texts.map(Self.copy) + [nil]
    }

    deinit {
        for pointer in pointers { free(pointer) }
    }

    private static func copy(_ text: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        let copy = UnsafeMutableRawPointer(malloc(text.count + 1))?.bindMemory(to: CChar.self, capacity: text.count + 1)
        for (index, byte) in text.enumerated() { copy?[index] = CChar(bitPattern: byte) }
        copy?[text.count] = 0
        return copy
    }
}
