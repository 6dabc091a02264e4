import CCurl
import Platform

/// One request under way: its handle, what it sends, and what has come and was not yet handed on.
///
/// libcurl keeps the object's address; it must outlive its membership in a multi handle.
final class Transfer {
    /// Bodies up to this size leave in one packet with the head; larger ones are read as they are sent, uncopied.
    private static let copiedBodyLimit = 64 * 1024
    /// The most bytes of a head and its trailers, a little less than newer versions of libcurl take.
    private static let headLimit = 256 << 10
    /// `CURLE_TOO_LARGE`, which libcurl's headers name from 8.6 on.
    private static let tooLarge = CURLcode(100)

    /// `CURLOPT_QUICK_EXIT`, which they name from 7.87 on.
    private static let quickExit = CURLoption(322)

    let index: Int
    private let handle: EasyHandle
    private let lines: HeaderLines
    private let body: [UInt8]
    private var sent = 0
    private var head: ResponseHead?
    private var isHeadWhole = false
    private var isHeadTold = false
    /// The bytes of all head lines, those of informational heads and trailers included.
    private var headCount = 0
    /// The status line of a proxy that was asked for a tunnel.
    private var proxyLine: String?
    private let proxy: ProxySetting?
    /// An address that is not this machine's, to which the request was not sent; nil for none.
    var foreignAddress: String?
    /// Whether it may go to this machine only.
    var isForLoopbackOnly = false
    /// The sockets that were opened for it, closed ones too.
    var sockets: [Int32] = []
    /// In the pieces in which it came, so that whoever reads it never has to hold much at once.
    private var received: [[UInt8]] = []
    private let message: UnsafeMutablePointer<CChar>
    /// When the last byte came, or the request began, in seconds of the monotonic clock.
    var lastActivity = MonotonicClock.now
    /// When it ends though more may come, on the same clock.
    var drainEnd = Double.infinity

    /// Prepares a request; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - index: its place in the caller's list.
    ///   - request: what to send.
    ///   - limits: only the connection's is libcurl's to watch.
    init(_ index: Int, _ request: HTTPRequest, limits: TimeLimits) throws(TransportError) {
        self.index = index
        handle = try EasyHandle()
        // libcurl would wait a second for a server's leave to send a large body.
        lines = try HeaderLines(request.headers.map(Self.line) + ["Expect:"])
        body = request.body ?? []
        proxy = request.route.proxy
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        configure(request, limits)
        if !body.isEmpty { configureBody() }
        configureSockets(onlyToLoopback: request.route.isForLoopbackOnly)
    }

    deinit { message.deallocate() }

    /// libcurl takes `Name:` as the wish not to send a header, and `Name;` as one without a value.
    private static func line(_ header: Header) -> String {
        header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
    }

    /// The handle to add to a multi handle.
    var raw: UnsafeMutableRawPointer { handle.raw }

    /// Whether the connection stands, so that silence is the server's.
    var isConnected: Bool {
        var microseconds: curl_off_t = 0
        ccurl_get_offset(raw, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
        return microseconds > 0
    }

    /// What has come since the last call, in order.
    func takeEvents() -> [TransferEvent] {
        var events: [TransferEvent] = []
        if isHeadWhole, !isHeadTold, let head {
            isHeadTold = true
            events.append(.head(head))
        }
        if isHeadTold, !received.isEmpty {
            events += received.map(TransferEvent.body)
            received.removeAll(keepingCapacity: true)
        }
        return events
    }

    /// The last event, from libcurl's verdict.
    func lastEvent(for code: CURLcode) -> TransferEvent {
        if code == CURLE_OK {
            // libcurl takes a connection that ends inside the head for the end of a reply.
            return isHeadTold ? .end : .failure(.interrupted("The connection ended inside the head", afterHead: false))
        }
        if headCount > Self.headLimit {
            return .failure(.malformed("The head is larger than \(Self.headLimit >> 10) KiB, trailers included"))
        }
        if code == CURLE_OUT_OF_MEMORY || code == Self.tooLarge, isConnected {
            // What it has no memory for is more than it has set aside for a line.
            return .failure(.malformed("A line of the head is too long"))
        }
        if let foreignAddress { return .failure(.notLoopback(address: foreignAddress)) }
        if let refusal = proxyRefusal { return .failure(.proxy(refusal)) }
        let detail = String(cString: message)
        let words = Self.withoutCredentials(detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail)
        // What libcurl says of a trailer that is longer than it takes.
        if words.hasPrefix("Out of memory in chunked") { return .failure(.malformed("A trailer is too long")) }
        if !isHeadTold, let shortage = DescriptorTable.shortage {
            return .failure(.local("\(words) (\(shortage.words))"))
        }
        return .failure(TransportError(code, words, afterHead: isHeadTold))
    }

    /// What a proxy said that gave no tunnel; nil when none was asked, or it gave one.
    private var proxyRefusal: ProxyRefusal? {
        var status = 0
        ccurl_get_long(raw, CURLINFO_HTTP_CONNECTCODE, &status)
        guard status > 0, !(200..<300).contains(status), !isConnected else { return nil }
        return ProxyRefusal(status: status, statusLine: proxyLine ?? "HTTP status \(status)", proxy: proxy)
    }

    /// libcurl repeats a proxy's address that it can't read, with the password in it.
    static func withoutCredentials(_ words: String) -> String {
        guard let end = words.lastIndex(of: "@") else { return words }
        let before = words[..<end]
        let start = (before.firstRange(of: "://") ?? before.firstRange(of: "'"))?.upperBound ?? words.startIndex
        return words[..<start] + "***" + words[end...]
    }

    private func configure(_ request: HTTPRequest, _ limits: TimeLimits) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_string(raw, CURLOPT_URL, request.url)
        ccurl_set_string(raw, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_string(raw, CURLOPT_CUSTOMREQUEST, request.method)
        ccurl_set_list(raw, CURLOPT_HTTPHEADER, lines.raw)
        ccurl_set_long(raw, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        ccurl_set_long(raw, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = request.trustFile {
            let path = file.map(CChar.init(bitPattern:)) + [0]
            path.withUnsafeBufferPointer { _ = ccurl_set_string(raw, CURLOPT_CAINFO, $0.baseAddress) }
        }
        // Signals are ours; libcurl must not change how they are handled.
        ccurl_set_long(raw, CURLOPT_NOSIGNAL, 1)
        // A name that is still being looked up can't be called off, and must not be waited for.
        ccurl_set_long(raw, Self.quickExit, 1)
        if request.route.isDirect { ccurl_set_string(raw, CURLOPT_NOPROXY, "*") }
        ccurl_set_long(raw, CURLOPT_CONNECTTIMEOUT_MS, limits.connect.wholeMilliseconds)
        ccurl_set_pointer(raw, CURLOPT_ERRORBUFFER, message)
        ccurl_set_pointer(raw, CURLOPT_PRIVATE, context)
        ccurl_set_pointer(raw, CURLOPT_WRITEDATA, context)
        ccurl_set_pointer(raw, CURLOPT_HEADERDATA, context)
        ccurl_set_data_function(raw, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.receive(bytes, size * count)
            return size * count
        }
        ccurl_set_data_function(raw, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            // Taking less than there is ends the transfer.
            Transfer.from(context)?.receiveHeader(bytes, size * count) == true ? size * count : 0
        }
    }

    private func configureBody() {
        ccurl_set_long(raw, CURLOPT_POST, 1)
        ccurl_set_size(raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        guard body.count > Self.copiedBodyLimit else {
            body.withUnsafeBytes { _ = ccurl_set_bytes(raw, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
            return
        }
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_pointer(raw, CURLOPT_READDATA, context)
        ccurl_set_pointer(raw, CURLOPT_SEEKDATA, context)
        ccurl_set_data_function(raw, CURLOPT_READFUNCTION) { bytes, size, count, context in
            Transfer.from(context)?.send(into: bytes, size * count) ?? 0
        }
        ccurl_set_seek_function(raw) { context, offset, _ in
            Transfer.from(context)?.sent = Int(offset)
            return CURL_SEEKFUNC_OK
        }
    }

    /// The transfer that a callback is for.
    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func receive(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
        lastActivity = MonotonicClock.now
        received.append(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    }

    /// Takes a line of a head or of trailers; false when they are too much.
    private func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Bool {
        lastActivity = MonotonicClock.now
        headCount += count
        guard headCount <= Self.headLimit else { return false }
        if !isHeadTold, !isHeadWhole { addHeadLine(bytes, count) }
        return true
    }

    private func addHeadLine(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
        var text = UnsafeRawBufferPointer(start: bytes, count: count)[...]
        while let last = text.last, last == UInt8(ascii: "\r") || last == UInt8(ascii: "\n") { text.removeLast() }
        let line = String(decoding: text, as: UTF8.self)
        guard isConnected else {
            // A proxy's leave to tunnel, or its refusal, is not the reply.
            if ResponseHead(statusLine: line) != nil { proxyLine = line }
            return
        }
        if let next = ResponseHead(statusLine: line) {
            head = next
        } else if line.isEmpty {
            // An informational head is followed by another.
            isHeadWhole = (head?.status ?? 0) >= 200
        } else {
            head?.add(line: line)
        }
    }

    private func send(into buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int {
        let count = min(capacity, body.count - sent)
        guard count > 0, let buffer else { return 0 }
        lastActivity = MonotonicClock.now
        UnsafeMutableRawBufferPointer(start: buffer, count: count).copyBytes(from: body[sent..<sent + count])
        sent += count
        return count
    }
}
