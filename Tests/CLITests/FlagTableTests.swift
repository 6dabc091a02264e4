import Flags
import Rendering
import Testing

@testable import CLI

@Suite("Flag table")
struct FlagTableTests {
    private let flags = CompleteCommand.sections.flatMap(\.flags)

    @Test func namesAreUniqueAndKebabCase() {
        let names = flags.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(
            names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber } && !$0.hasPrefix("no-") })
        let letters = flags.compactMap(\.short)
        #expect(Set(letters).count == letters.count && letters.allSatisfy(\.isASCII))
    }

    @Test func whatTakesAValueNamesIt() {
        for flag in flags where flag.isShown {
            #expect([.required, .optional].contains(flag.syntax.shape) == !flag.syntax.name.isEmpty, "--\(flag.name)")
        }
    }

    @Test func everyFlagThatATextMentionsExists() {
        let known = Set(flags.flatMap { ["--\($0.name)", "--no-\($0.name)"] })
        for flag in flags {
            for word in "\(flag.summary) \(flag.details)".split(whereSeparator: { " ,.;:()".contains($0) })
            where word.hasPrefix("--") {
                #expect(known.contains(String(word)), "--\(flag.name) mentions \(word)")
            }
        }
    }

    @Test func summariesAreOneSentenceOnOneLine() {
        for flag in flags where flag.isShown {
            #expect(flag.summary.hasSuffix(".") && flag.summary.count <= 96, "--\(flag.name)")
        }
    }

    @Test func standardValuesAreValues() throws {
        var invocation = Invocation()
        try Parser(CompleteCommand.sections).fillStandards(of: &invocation)
        #expect(invocation.model == Array("gpt-oss-120b".utf8) && invocation.format.name == "text")
    }

    @Test func everyExitStatusHasAMeaningAndAKind() {
        #expect(Set(ExitStatus.allCases.map(\.meaning)).count == ExitStatus.allCases.count)
        #expect(Set(ExitStatus.allCases.map(\.kind)).count == ExitStatus.allCases.count)
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130, 141, 143])
    }
}
