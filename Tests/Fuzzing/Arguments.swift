import Flags

@testable import CLI

private let parser = Parser(CompleteCommand.sections)

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // A NUL parts arguments, as it does where the system keeps them.
    let words = bytes(start, count).split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    var invocation = Invocation()
    do throws(UsageError) {
        try parser.fillStandards(of: &invocation)
        _ = try parser.parse(words, into: &invocation)
        try invocation.check()
    } catch {
        check(!error.message.isEmpty && !error.message.utf8.contains(0x0A), "a refusal is one line: \(error.message)")
        check(
            error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
            "a refusal shows no controls")
    }
    return 0
}
