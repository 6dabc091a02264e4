import Foundation

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A terminal without a screen: what the program writes to its end can be read, unchanged, from the other.
struct PseudoTerminal {
    /// The end for the program.
    let child: FileDescriptor
    /// The end for the test.
    let own: FileDescriptor

    init(columns: Int) throws {
        var (own, child): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&own, &child, nil, nil, &size) == 0 else { throw Errno(rawValue: errno) }
        var mode = termios()
        tcgetattr(child, &mode)
        // Newlines stay newlines, so that what is read is what was written.
        mode.c_oflag &= ~tcflag_t(OPOST)
        tcsetattr(child, TCSANOW, &mode)
        _ = fcntl(own, F_SETFD, FD_CLOEXEC)
        self.own = FileDescriptor(rawValue: own)
        self.child = FileDescriptor(rawValue: child)
    }
}
