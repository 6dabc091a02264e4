import Flags
import Platform

@testable import CLI

private let complete = Parser(CompleteCommand.sections)
private let models = Parser(ModelsCommand.sections)

/// What one command takes, the other passes over.
private let others = (ModelsCommand.sections.flatMap(\.flags).map(\.outline)) + CompleteCommand.outline.flags

/// A configuration is resolved, or refused in one line.
private func resolve<Options>(_ lines: [ConfigDocument.Line], by parser: Parser<Options>, into options: Options) {
    var options = options
    do throws(UsageError) {
        _ = try parser.resolve(
            [], given: [], config: ConfigSource(file: "config", lines: lines, others: others, example: "seed 7"),
            { _ in nil }, into: &options)
    } catch {
        checkLine(error.message, "a refusal")
        let message = error.message.text(masking: Secrets())
        check(message.utf8.starts(with: "config:".utf8), "a refusal names no place: \(message)")
        if let hint = error.hint { checkLine(hint, "a hint") }
    }
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = bytes(start, count)
    let count = text.count { $0 == 0x0A } + 1
    do throws(ConfigDocument.Problem) {
        let document = try ConfigDocument(parsing: text)
        check(document.lines.allSatisfy { (1...count).contains($0.number) }, "a line that is not there")
        for profile in [nil] + document.profiles.prefix(2).map(Optional.some) {
            let lines = document.lines(for: profile)
            resolve(lines, by: complete, into: CompleteOptions())
            resolve(lines, by: models, into: ModelsOptions())
        }
    } catch {
        check((1...count).contains(error.line), "line \(error.line) of \(count)")
        checkLine(error.problem, "a refusal")
    }
    return 0
}
