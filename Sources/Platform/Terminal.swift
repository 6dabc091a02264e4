#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Questions to a terminal.
public enum Terminal {
    /// A terminal's columns; nil when the descriptor is none or it does not say.
    public static func columns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// The width for a help screen: the terminal's, of no more columns than are read with ease; 80 in a pipe or file.
    public static func helpWidth(_ descriptor: Int32) -> Int {
        min(columns(descriptor) ?? 80, 100)
    }
}
