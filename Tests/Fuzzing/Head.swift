import Platform

@testable import Client
@testable import HTTP

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

private let now = 1_767_225_600

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let lines = bytes(start, count).split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    for line in lines { if let seconds = HTTPDate.seconds(line, now: now) { checkDate(seconds, of: line) } }
    guard var head = lines.first.flatMap({ ResponseHead(statusLine: $0.utf8) }) else { return 0 }
    for line in lines.dropFirst() { checkHeader(line, in: &head) }
    if let wait = head.demandedWait(now: now) { check(wait >= .zero, "a wait of \(wait)") }
    var policy = RetryPolicy()
    policy.maxRetries = 100
    for retries in [0, 3, 99, 100] {
        if case .retry(let wait) = policy.decision(after: head, retries: retries, now: now, jitter: 0.5) {
            check(wait >= .zero && wait <= policy.maxWait, "a retry after \(wait)")
        }
    }
    return 0
}

/// The date that the C library makes of the seconds is the same seconds again.
private func checkDate(_ seconds: Int, of line: String) {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    check((0...9999).contains(Int(parts.tm_year) + 1900), "\(line) is \(seconds)")
    var text = [CChar](repeating: 0, count: 100)
    strftime(&text, text.count, "%a, %d %b ", &parts)
    var date = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    date += String(String(Int(parts.tm_year) + 11_900).dropFirst())
    strftime(&text, text.count, " %H:%M:%S GMT", &parts)
    date += String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    check(HTTPDate.seconds(date, now: now) == seconds, "\(line) is \(seconds), but \(date) is not")
}

/// A line with a colon is a header, named by the bytes before the first one, and found by its name in any case.
private func checkHeader(_ line: String, in head: inout ResponseHead) {
    let count = head.headers.count
    head.add(line: line.utf8)
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
        return check(head.headers.count == count, "a header came from nowhere")
    }
    check(head.headers.count == count + 1, "a header was lost")
    guard let header = head.headers.last else { return }
    check(header.name.utf8.elementsEqual(line.utf8[..<colon]), "a header's name is not what it was")
    let around: [UInt8?] = [0x20, 0x09]
    check(!around.contains(header.value.utf8.first) && !around.contains(header.value.utf8.last), "space is left around")
    let value = line.utf8[colon...].dropFirst()
    check(value.count { !around.contains($0) } == header.value.utf8.count { !around.contains($0) }, "a value was cut")
    check(head[header.name] == header.value, "a header is not found by its name")
    check(
        head[header.name.uppercased()] == header.value || !header.name.utf8.allSatisfy { $0 < 0x80 }, "nor in capitals")
}
