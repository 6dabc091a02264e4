import CCurl
import Platform

/// One request under way: its handle, what it sends, and what has come and was not yet delivered. It serves one request
/// after the other, since a new handle costs more than one that is used again.
///
/// libcurl keeps the object's address; it must outlive its membership in a multi handle.
final class Transfer {
    /// The most bytes of a head and its trailers, a little less than newer versions of libcurl take.
    private static let headLimit = 256 << 10
    /// The most bytes that are read of a response that is complete for the source.
    private static let drainLimit = 64 << 10
    /// `CURLE_TOO_LARGE`, which libcurl's headers name from 8.6 on.
    private static let tooLarge = CURLcode(100)

    /// How long a transfer may still be silent, in seconds of the pool's clock.
    enum Patience {
        /// Nothing is to be done before this time.
        case until(Double)
        /// It has been silent for half of its time, which ends then.
        case watched(until: Double)
        /// Its time by a limit is over.
        case over(TimeLimit)
    }

    /// What belongs to the request under way.
    private struct Exchange {
        var body: [UInt8] = []
        var sent = 0
        var head: ResponseHead?
        var isHeadWhole = false
        var isHeadDelivered = false
        /// The bytes of all head lines, those of informational heads and trailers included.
        var headCount = 0
        /// The status line of a proxy that was asked for a tunnel.
        var proxyLine: String?
        var proxy: ProxySetting?
        /// In pieces, so that whoever reads it never has to hold much at once; libcurl parts what came at once into smaller ones.
        var received: [[UInt8]] = []
        /// When it ends though more may come; nil for no such time.
        var end: Double?
        /// When it fails if the response is not complete.
        var deadline = Double.infinity
        /// Whether the response is complete for the source, and the rest of it skipped.
        var isDraining = false
        var drained = 0
    }

    /// The options of a request that libcurl has, its body left out.
    private struct Setup: Equatable {
        let method: String
        let url: String
        let headers: [Header]
        let trustFile: [UInt8]?
        let route: Route
        let connectLimit: Duration
        /// Whether another request of the same setup needs no more than a body: one that is sent as it is copied.
        let isRepeatable: Bool

        init(_ request: HTTPRequest, _ limits: TimeLimits) {
            (method, url, headers) = (request.method, request.url, request.headers)
            (trustFile, route, connectLimit) = (request.trustFile, request.route, limits.connect)
            isRepeatable = request.body.map { !$0.isEmpty && $0.count <= Transfer.copiedBodyLimit } ?? false
        }
    }

    /// The pool's clock, and where it says that it has events.
    unowned let pool: TransferPool
    /// The source's name for the request.
    private(set) var id = 0
    private let handle: EasyHandle
    private var lines: HeaderLines?
    /// What the handle is set up for; nil for nothing.
    private var setup: Setup?
    private var exchange = Exchange()
    private var isReady = false
    /// An address that is not this machine's, to which the request was not sent; nil for none.
    var foreignAddress: String?
    /// Whether it may go to this machine only.
    var isForLoopbackOnly = false
    /// Whether another machine was to be connected to.
    var hasLeftMachine = false
    private let message: UnsafeMutablePointer<CChar>
    /// When the last byte came, or the request began, by the pool's clock.
    private var lastActivity = 0.0

    /// A transfer of the pool, without a request.
    init(in pool: TransferPool) throws(TransportError) {
        self.pool = pool
        handle = try EasyHandle()
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit { message.deallocate() }

    /// The handle to add to a multi handle.
    var raw: UnsafeMutableRawPointer { handle.raw }

    /// The body to send.
    var body: [UInt8] { exchange.body }

    /// The header lines to send; nil without a request.
    var headerLines: UnsafeMutablePointer<curl_slist>? { lines?.raw ?? nil }

    /// Where libcurl puts its explanation of a failure.
    var messageBuffer: UnsafeMutablePointer<CChar> { message }

    /// Prepares a request; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - id: the source's name for it.
    ///   - request: what to send.
    ///   - limits: only the connection's is libcurl's to watch.
    func begin(_ id: Int, _ request: HTTPRequest, limits: TimeLimits) throws(TransportError) {
        self.id = id
        exchange.body = request.body ?? []
        exchange.proxy = request.route.isDirect ? nil : request.route.proxy
        lastActivity = pool.now
        if let total = limits.total { exchange.deadline = lastActivity + total.inSeconds }
        isForLoopbackOnly = request.route.isForLoopbackOnly
        let setup = Setup(request, limits)
        if setup == self.setup, setup.isRepeatable {
            // libcurl remembers everything but the body.
            configureBody()
            return
        }
        self.setup = nil
        ccurl_easy_reset(raw)
        // libcurl would wait a second for a server's leave to send a large body.
        lines = try HeaderLines(request.headers.map(Self.line) + ["Expect:"])
        configure(request, limits)
        configureSockets()
        self.setup = setup
    }

    /// Forgets the request, so that another can begin. Its connection stays in the pool, if it is sound.
    func reset() {
        exchange = Exchange()
        (isReady, foreignAddress, isForLoopbackOnly, hasLeftMachine) = (false, nil, false, false)
        message[0] = 0
    }

    /// libcurl takes `Name:` as the wish not to send a header, and `Name;` as one without a value.
    private static func line(_ header: Header) -> String {
        header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
    }

    /// Whether the connection stands, so that silence is the server's.
    var isConnected: Bool {
        var microseconds: curl_off_t = 0
        ccurl_get_offset(raw, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }

    /// Whether the rest of the response is skipped.
    var isDraining: Bool { exchange.isDraining }

    /// Lets it go on.
    ///
    /// - Parameter time: when it ends though more may come, by the pool's clock; nil for no such time.
    func proceed(until time: Double?) { exchange.end = time }

    /// Passes over the rest of the response.
    ///
    /// - Parameter time: when to give up on it, by the pool's clock.
    func drain(until time: Double) {
        (exchange.isDraining, exchange.end) = (true, time)
        exchange.received = []
    }

    /// How long it may still be silent.
    ///
    /// - Parameter idle: the limit in seconds.
    func patience(at now: Double, idle: Double) -> Patience {
        let end = min(exchange.end ?? .infinity, exchange.isDraining ? .infinity : exchange.deadline)
        if now >= end { return .over(end < exchange.deadline ? .idle : .total) }
        if exchange.isDraining { return .until(end) }
        if !isConnected { lastActivity = now }
        let silence = now - lastActivity
        if silence >= idle { return .over(.idle) }
        if silence >= idle / 2 { return .watched(until: min(end, lastActivity + idle)) }
        return .until(min(end, lastActivity + idle / 2))
    }

    /// Notes that bytes have come that are still to be read, if there are any.
    func noteUnreadBytes() {
        if hasUnreadBytes { lastActivity = pool.now }
    }

    /// What has come since the last call, in order.
    func takeEvents() -> [TransferEvent] {
        isReady = false
        var events: [TransferEvent] = []
        if exchange.isHeadWhole, !exchange.isHeadDelivered, let head = exchange.head {
            exchange.isHeadDelivered = true
            events.append(.head(head))
        }
        if exchange.isHeadDelivered, !exchange.received.isEmpty {
            events += exchange.received.map(TransferEvent.body)
            exchange.received.removeAll(keepingCapacity: true)
        }
        return events
    }

    /// The last event, from libcurl's verdict.
    func lastEvent(for code: CURLcode) -> TransferEvent {
        let isHeadDelivered = exchange.isHeadDelivered
        if code == CURLE_OK {
            // libcurl takes a connection that ends inside the head for the end of a response.
            let broken = TransportError.interrupted("The connection ended inside the head", afterHead: false)
            return isHeadDelivered ? .end : .failure(broken)
        }
        if exchange.headCount > Self.headLimit {
            return .failure(.malformed("The head is larger than \(Self.headLimit >> 10) KiB, trailers included"))
        }
        if code == CURLE_OUT_OF_MEMORY || code == Self.tooLarge, isConnected {
            // What it has no memory for is more than it has set aside for a line.
            return .failure(.malformed("A line of the head is too long"))
        }
        if let foreignAddress { return .failure(.notLoopback(address: foreignAddress)) }
        if let refusal = proxyRefusal { return .failure(.proxy(refusal)) }
        if code == CURLE_COULDNT_CONNECT, nothingListens { return .failure(.nothingListens) }
        let detail = String(cString: message)
        let words = Self.withoutCredentials(detail.isEmpty ? String(cString: ccurl_easy_strerror(code)) : detail)
        // What libcurl says of a trailer that is longer than it takes.
        if words.hasPrefix("Out of memory in chunked") { return .failure(.malformed("A trailer is too long")) }
        if !isHeadDelivered, let shortage = DescriptorTable.shortage {
            return .failure(.local("\(words) (\(shortage.words))"))
        }
        return .failure(TransportError(code, words, afterHead: isHeadDelivered))
    }

    /// Whether this machine refused the connection, and no proxy was to make it.
    private var nothingListens: Bool {
        var number = 0
        ccurl_get_long(raw, CURLINFO_OS_ERRNO, &number)
        return !hasLeftMachine && exchange.proxy == nil && ErrorNumber(Int32(number)).isConnectionRefused
    }

    /// What a proxy said that gave no tunnel; nil when none was asked, or it gave one.
    private var proxyRefusal: ProxyRefusal? {
        var status = 0
        ccurl_get_long(raw, CURLINFO_HTTP_CONNECTCODE, &status)
        guard status > 0, !(200..<300).contains(status), !isConnected else { return nil }
        let line = exchange.proxyLine ?? "HTTP status \(status)"
        return ProxyRefusal(status: status, statusLine: line, proxy: exchange.proxy)
    }

    /// libcurl repeats a proxy's address that it can't read, with the password in it.
    static func withoutCredentials(_ words: String) -> String {
        guard let end = words.lastIndex(of: "@") else { return words }
        let before = words[..<end]
        let start =
            (before.utf8.firstRange(matching: "://".utf8) ?? before.utf8.firstRange(matching: "'".utf8))?.upperBound
            ?? words.startIndex
        return words[..<start] + "***" + words[end...]
    }

    /// The transfer that a callback is for.
    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func noteActivity() {
        lastActivity = pool.now
        guard !isReady, !isDraining else { return }
        isReady = true
        pool.noteReady(self)
    }

    /// Takes bytes of the response's body; false when they are too much of what nobody wants.
    func receive(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        noteActivity()
        guard isDraining else {
            keep(UnsafeRawBufferPointer(start: bytes, count: count))
            return true
        }
        exchange.drained += count
        return exchange.drained <= Self.drainLimit
    }

    /// Joins what came at once, so that it is delivered, and written, at once.
    private func keep(_ bytes: UnsafeRawBufferPointer) {
        let last = exchange.received.count - 1
        guard last >= 0, exchange.received[last].count + bytes.count <= Self.receptionSize else {
            exchange.received.append(Array(bytes))
            return
        }
        exchange.received[last].reserveCapacity(Self.receptionSize)
        exchange.received[last] += bytes
    }

    /// Takes a line of a head or of trailers; false when they are too much.
    func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        noteActivity()
        exchange.headCount += count
        guard exchange.headCount <= Self.headLimit else { return false }
        if !exchange.isHeadWhole { addHeadLine(UnsafeRawBufferPointer(start: bytes, count: count)) }
        return true
    }

    private func addHeadLine(_ bytes: UnsafeRawBufferPointer) {
        var text = bytes[...]
        while let last = text.last, last == UInt8(ascii: "\r") || last == UInt8(ascii: "\n") { text.removeLast() }
        guard isConnected else {
            // A proxy's leave to tunnel, or its refusal, is not the response.
            if let head = ResponseHead(statusLine: text) { exchange.proxyLine = head.statusLine }
            return
        }
        if let next = ResponseHead(statusLine: text) {
            exchange.head = next
        } else if text.isEmpty {
            // An informational head is followed by another.
            exchange.isHeadWhole = (exchange.head?.status ?? 0) >= 200
        } else {
            exchange.head?.add(line: text)
        }
    }

    /// Gives the next bytes of the body to send.
    func send(into buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int {
        let count = min(capacity, body.count - exchange.sent)
        guard count > 0, let buffer else { return 0 }
        lastActivity = pool.now
        let piece = exchange.body[exchange.sent..<exchange.sent + count]
        UnsafeMutableRawBufferPointer(start: buffer, count: count).copyBytes(from: piece)
        exchange.sent += count
        return count
    }

    /// Goes back or on in the body to send.
    func seek(to offset: Int) { exchange.sent = offset }
}
