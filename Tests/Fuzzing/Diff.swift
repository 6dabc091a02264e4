import Evaluation
import JSON
import Platform

@testable import CLI

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file without a name, which is read like one that a reply was saved to.
private let file = fileno(tmpfile())

/// What stands between two replies in an input.
private let line = Array("\n===\n".utf8)

private func reply(_ bytes: ArraySlice<UInt8>) -> ComparedReply? {
    ftruncate(file, 0)
    let written = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    check(written == bytes.count, "the input can't be saved")
    lseek(file, 0, SEEK_SET)
    let context = ProcessContext(arguments: [], input: file, output: file, error: file)
    do throws(Failure) {
        return ComparedReply(try SavedReply([UInt8(ascii: "-")], context).whole())
    } catch {
        checkLine(error.message, "a failure")
        return nil
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let parts = bytes.split(separator: line, maxSplits: 1, omittingEmptySubsequences: false)
    guard let a = reply(parts[0]), let b = reply(parts.last ?? []) else { return 0 }
    check(ReplyComparison(a, a).isSame, "a reply is not the same as itself")
    let names = Pair(a: Array("a".utf8), b: Array("b".utf8))
    for comparison in [ReplyComparison(a, b), ReplyComparison(b, a)] {
        let text = comparison.text(names)
        check(text.unicodeScalars.allSatisfy { $0 == "\n" || !isUnsafe($0) }, "it shows what a terminal acts on")
        check((try? JSONDocument(parsing: comparison.json(names))) != nil, "its object does not read")
        check(comparison.isSame == ReplyComparison(b, a).isSame, "it is another thing from the other side")
    }
    return 0
}
