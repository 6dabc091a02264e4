import Foundation
import TestSupport

/// The program of a case, ready to run.
enum CaseProgram {
    /// What every case starts from: a server to ask and a key, and nothing else of the test's own environment.
    private static let environment = [
        "CEREBRAS_BASE_URL={url}", "CEREBRAS_API_KEY=test-key", "LC_ALL=C.UTF-8", "HOME={folder}",
    ]

    /// Makes it.
    ///
    /// - Throws: ``CaseError`` when the command line or the environment can't be read.
    static func make(_ file: CaseFile, on stage: CaseStage) throws(CaseError) -> TestProgram {
        var program = TestProgram("cerebras", try words(of: file, on: stage))
        program.folder = stage.folder.url.path
        program.environment = environment.map { stage.fill(Array($0.utf8)) }
        for name in ["PATH", "LD_LIBRARY_PATH"] {
            if let value = ProcessInfo.processInfo.environment[name] { program.setVariable(name, value) }
        }
        for line in stage.fill(file.section(.env)?.content ?? []).split(separator: 0x0A) {
            let name = String(decoding: line.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
            program.removeVariable(name)
            // A name alone takes the variable away.
            if line.contains(UInt8(ascii: "=")) { program.environment.append(Array(line)) }
        }
        setStreams(of: &program, file, on: stage)
        return program
    }

    private static func words(of file: CaseFile, on stage: CaseStage) throws(CaseError) -> [[UInt8]] {
        guard let section = file.section(.args) else { return [] }
        do throws(NotationError) {
            return try ShellWords.split(stage.fill(section.content))
        } catch {
            throw CaseError(file.name, section.line, error.problem)
        }
    }

    private static func setStreams(of program: inout TestProgram, _ file: CaseFile, on stage: CaseStage) {
        let terminal = file.section(.terminal)?.operands ?? []
        program.size = terminal.compactMap(CaseTerminal.size).first ?? TerminalSize()
        if let section = file.section(.stdin) { program.input = input(section, on: stage) }
        if terminal.contains("stdin") { program.input = .terminal(file.section(.stdin)?.content ?? []) }
        if terminal.contains("stdout") { program.output = .terminal }
        if terminal.contains("stderr") { program.error = .terminal }
        for section in file.all(.stream) {
            let stream = stream(section.operands[1], on: stage)
            if section.operands[0] == "stdout" { program.output = stream } else { program.error = stream }
        }
    }

    private static func stream(_ name: String, on stage: CaseStage) -> TestProgram.Stream {
        switch name {
        case "closed": .closed
        case "broken": .brokenPipe
        case "stalled": .stalledPipe
        default: .file(name.hasPrefix("/") ? name : stage.folder.path(name))
        }
    }

    private static func input(_ section: CaseSection, on stage: CaseStage) -> TestProgram.Input {
        if section.has("closed") { return .closed }
        if section.has("open") { return .openPipe(section.content) }
        if section.has("file") { return .file(stage.inputPath) }
        return .bytes(section.content)
    }
}
