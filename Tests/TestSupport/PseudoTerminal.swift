import Foundation

/// A terminal without a screen: what the program writes to its end is read, unchanged, from the other.
struct PseudoTerminal {
    /// The test's end.
    let own: Int32
    /// The path of the program's end.
    let path: String
    /// The program's end, held open until the program has opened it too.
    let held: Int32

    /// Makes a terminal of a size.
    ///
    /// - Throws: ``TestFault`` when the system has none to give.
    init(_ size: TerminalSize) throws(TestFault) {
        var (own, held): (Int32, Int32) = (-1, -1)
        var window = winsize(ws_row: size.rows, ws_col: size.columns, ws_xpixel: 0, ws_ypixel: 0)
        var name = [CChar](repeating: 0, count: 256)
        guard openpty(&own, &held, &name, nil, &window) == 0 else { throw .system("openpty") }
        var mode = termios()
        tcgetattr(held, &mode)
        // Newlines stay newlines, and what is typed is not shown: what is read is what the program wrote.
        mode.c_oflag &= ~tcflag_t(OPOST)
        mode.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(held, TCSANOW, &mode)
        self.own = own
        self.held = held
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// How many characters a terminal shows.
public struct TerminalSize: Sendable, Equatable {
    /// The characters on a line.
    public var columns: UInt16
    /// The lines.
    public var rows: UInt16

    /// A size; the usual one unless said otherwise.
    public init(columns: UInt16 = 80, rows: UInt16 = 24) {
        self.columns = columns
        self.rows = rows
    }
}
