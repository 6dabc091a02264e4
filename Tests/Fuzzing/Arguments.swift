import Flags
import Platform

@testable import CLI

private let complete = Parser(CompleteCommand.sections)
private let show = Parser(ShowCommand.sections)
private let diff = Parser(DiffCommand.sections)
private let models = Parser(ModelsCommand.sections)

/// A command's arguments are taken, or refused in one line.
private func read<Options>(
    _ arguments: [[UInt8]], by parser: Parser<Options>, into options: Options,
    check: (Options) throws(UsageError) -> Void = { _ in }
) {
    var options = options
    do throws(UsageError) {
        try parser.fillDefaults(of: &options)
        let outcome = try parser.parse(arguments, into: &options)
        if outcome.request == .run { try check(options) }
    } catch {
        checkLine(error.message, "a refusal")
        if let hint = error.hint { checkLine(hint, "a hint") }
    }
}

private func check(_ options: CompleteOptions) throws(UsageError) {
    try options.check()
    var options = options
    try options.request.readEscapesOfStops()
    try options.prompt.readEscapes()
}

private let names =
    (CompleteCommand.sections.flatMap(\.flags).map(\.name) + ShowCommand.sections.flatMap(\.flags).map(\.name))

/// An argument as it stands, or, after a byte 1, the flag that the next byte chooses and what follows as its value: by
/// chance alone few flags would be named.
private func argument(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard word.first == 1, let choice = word.dropFirst().first else { return Array(word) }
    let value = word.dropFirst(2)
    return Array("--\(names[Int(choice) % names.count])".utf8) + (value.isEmpty ? [] : Array("=".utf8) + value)
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // A NUL parts arguments, as it does where the system keeps them.
    let words = bytes(start, count).split(separator: 0, omittingEmptySubsequences: false).map(argument)
    // An input is for one command, so that there is time for more of them.
    switch count % 4 {
    case 0: read(words, by: show, into: ShowOptions())
    case 1: read(words, by: diff, into: DiffOptions())
    case 2: read(words, by: models, into: ModelsOptions())
    default: read(words, by: complete, into: CompleteOptions()) { (options) throws(UsageError) in try check(options) }
    }
    let unknown = Command.unknown(String(decoding: words.first ?? [], as: UTF8.self))
    checkLine(unknown.message, "a refusal")
    checkLine(unknown.hint ?? "none", "a hint")
    return 0
}
