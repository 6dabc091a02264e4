@testable import HTTP

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let lines = bytes(start, count).split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    for line in lines {
        if let seconds = HTTPDate.seconds(line, now: 1_767_225_600) {
            // Years 0 to 9999.
            check((-62_167_219_200...253_402_300_800).contains(seconds), "\(line) is \(seconds)")
        }
    }
    guard var head = lines.first.flatMap(ResponseHead.init(statusLine:)) else { return 0 }
    for line in lines.dropFirst() { head.add(line: line) }
    check(head.headers.count <= lines.count, "a header came from nowhere")
    if let wait = head.demandedWait(now: 1_767_225_600) { check(wait >= .zero, "a wait of \(wait)") }
    var policy = RetryPolicy()
    policy.maxRetries = 100
    for retries in [0, 3, 99, 100] {
        if case .retry(let wait) = policy.decision(after: head, retries: retries, now: 1_767_225_600, dice: 0.5) {
            check(wait >= .zero && wait <= policy.maxWait, "a retry after \(wait)")
        }
    }
    return 0
}
