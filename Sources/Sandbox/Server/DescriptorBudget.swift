import Foundation

/// Holds the process below its limit of descriptors, so that neither the relay nor anything else in it meets the limit.
struct DescriptorBudget {
    /// The client's, the relay's to the server behind it, and that server's.
    static let perConnection = 3
    /// What is left for everything else, which opens some at any time.
    private static let reserve = 16
    /// What Dispatch and the servers open before they take a connection.
    private static let start = 12
    /// No more are used, as all of them are counted at times.
    private static let most = 4096

    /// At least as many as are open, or will be for the connections that there are.
    private var estimate = Int.max / 2
    private let limit: Int
    private let countOpen: () -> Int

    /// - Parameters:
    ///   - limit: the most descriptors that may be open.
    ///   - countOpen: counts those that are.
    init(limit: Int = Self.limit, countOpen: @escaping () -> Int = { Self.open }) {
        (self.limit, self.countOpen) = (limit, countOpen)
    }

    /// The system's limit.
    static var limit: Int { sysconf(Int32(_SC_OPEN_MAX)) }

    /// How many a process with those that are open now needs in order to serve; to be asked at its start.
    static var needed: Int { open + start + reserve + perConnection }

    /// Whether one more connection can be taken.
    ///
    /// - Parameter promised: how many descriptors the present connections have yet to open.
    mutating func hasRoom(promised: @autoclosure () -> Int) -> Bool {
        let room = min(limit, Self.most) - Self.reserve - Self.perConnection
        if estimate > room { estimate = countOpen() + promised() }
        return estimate <= room
    }

    /// A connection was taken.
    mutating func take() {
        estimate += Self.perConnection
    }

    /// A connection was closed. The server behind the relay may close its descriptor later.
    mutating func giveBack() {
        estimate -= Self.perConnection - 1
    }

    /// How many are open.
    private static var open: Int {
        var entries = (0..<Int32(min(limit, most))).map { pollfd(fd: $0, events: 0, revents: 0) }
        poll(&entries, nfds_t(entries.count), 0)
        return entries.count { $0.revents & Int16(POLLNVAL) == 0 }
    }
}
