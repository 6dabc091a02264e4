import API
import Evaluation
import JSON
import Platform
import Rendering

@testable import CLI

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file without a name, which is read like one that a response was saved to.
private let file = fileno(tmpfile())

/// What stands between two responses in an input.
private let line = Array("\n===\n".utf8)

private func reply(_ bytes: ArraySlice<UInt8>) -> CompletionChunk? {
    ftruncate(file, 0)
    let written = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    check(written == bytes.count, "the input can't be saved")
    lseek(file, 0, SEEK_SET)
    let context = ProcessContext(arguments: [], input: file, output: file, error: file)
    do throws(Failure) {
        return try SavedReply([UInt8(ascii: "-")], context).whole()
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
    guard let first = reply(parts[0]), let second = reply(parts.last ?? []) else { return 0 }
    let (a, b) = (ComparedReply(first), ComparedReply(second))
    check(ReplyComparison(a, a).isSame, "a response is not the same as itself")
    let names = Pair(a: Array("a".utf8), b: Array("b".utf8))
    for comparison in [ReplyComparison(a, b), ReplyComparison(b, a)] {
        for columns in [nil, 1, 30, 200] as [Int?] {
            let text = comparison.text(names, columns: columns, color: .plain)
            check(text.unicodeScalars.allSatisfy { $0 == "\n" || !isUnsafe($0) }, "it shows what a terminal acts on")
        }
        check((try? JSONDocument(parsing: comparison.json(names))) != nil, "its object does not read")
        let page = String(decoding: comparison.page(names, Pair(a: first, b: second)).bytes, as: UTF8.self)
        check(page.unicodeScalars.allSatisfy { $0 == "\n" || !isUnsafe($0) }, "its page holds a control character")
        check(!page.contains("<script"), "its page holds a script")
        check(comparison.isSame == ReplyComparison(b, a).isSame, "it is another thing from the other side")
    }
    return 0
}
