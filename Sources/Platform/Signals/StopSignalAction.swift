#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Signal handlers, whose structure is spelled differently on each platform.
enum StopSignalAction {
    /// Has a signal call `handler`, and interrupt the system call it comes in; one that is ignored stays so.
    static func install(_ number: Int32, handler: @escaping @convention(c) (Int32) -> Void) {
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
    static func uninstall(_ number: Int32) {
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
