import Foundation
import TestSupport

/// Runs one case in a folder of its own and says what differs from what it expects.
struct CaseRun {
    private let file: CaseFile
    private let folder: URL
    private let server: LoopbackServer

    /// Runs a case.
    ///
    /// - Returns: a line for each difference; none when all is as expected.
    static func differences(of file: CaseFile) async throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "case-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try LoopbackServer(file.all("reply").map(CaseReply.make))
        defer { server.stop() }
        return try await CaseRun(file: file, folder: folder, server: server).run()
    }

    private func run() async throws -> [String] {
        for section in file.all("file") {
            try Data(section.content).write(to: folder.appending(path: section.words[0]))
        }
        let outcome = try await program().run()
        return try streamDifferences(outcome) + requestDifferences() + fileDifferences()
    }

    private func program() throws -> TestProgram {
        guard let args = file.section("args") else { throw CaseError(file.name, 1, "no section 'args'") }
        let words = try ShellWords.split(fill(args.content), args.line, in: file.name)
        var program = TestProgram("cerebras", words)
        program.folder = folder.path
        program.environment = environment
        program.input = try input()
        let terminals = file.section("terminal")?.words ?? []
        if terminals.contains("stdin") { program.input = .terminal }
        if terminals.contains("stdout") { program.output = .terminal }
        if terminals.contains("stderr") { program.error = .terminal }
        program.columns = terminals.compactMap { Int($0) }.first ?? 80
        for section in file.all("stream") where section.words.count == 2 {
            let stream = section.words[1] == "closed" ? TestProgram.Stream.closed : .file(section.words[1])
            if section.words[0] == "stdout" { program.output = stream } else { program.error = stream }
        }
        return program
    }

    private var environment: [String: String] {
        var environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "CEREBRAS_BASE_URL": server.url,
            "CEREBRAS_API_KEY": "test-key",
        ]
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
            environment["LD_LIBRARY_PATH"] = libraries
        }
        for line in String(decoding: fill(file.section("env")?.content ?? []), as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            environment[parts[0]] = parts.count == 2 ? parts[1] : nil
        }
        return environment
    }

    private func input() throws -> TestProgram.Input {
        guard let section = file.section("stdin") else { return .none }
        if section.words.contains("open") { return .openPipe(section.content) }
        return .bytes(section.content)
    }

    private func streamDifferences(_ outcome: TestProgram.Outcome) throws -> [String] {
        let exit = file.section("exit").flatMap { $0.words.first.flatMap { Int32($0) } } ?? 0
        let status = outcome.status == exit ? [] : ["exit status \(outcome.status), expected \(exit)"]
        return try status + difference("stdout", outcome.output) + difference("stderr", outcome.error)
    }

    /// What differs between a stream and its section; a stream without a section must be empty.
    private func difference(_ name: String, _ actual: [UInt8]) throws -> [String] {
        let section = file.section(name)
        let expected = fill(section?.content ?? [])
        if section?.words.contains("pattern") == true {
            let pattern = try Regex(String(decoding: expected, as: UTF8.self)).dotMatchesNewlines()
            let text = String(decoding: actual, as: UTF8.self)
            return text.wholeMatch(of: pattern) == nil ? [Self.show(name, actual, expected)] : []
        }
        return actual == expected ? [] : [Self.show(name, actual, expected)]
    }

    private func requestDifferences() -> [String] {
        let requests = server.requests
        if file.section("no-request") != nil, !requests.isEmpty {
            return ["a request was sent:\n\(Self.visible(requests[0]))"]
        }
        return file.all("request").enumerated().compactMap { index, section in
            let expected = CaseReply.message(fill(section.content))
            guard index < requests.count else { return "request \(index + 1) was not sent" }
            return requests[index] == expected ? nil : Self.show("request \(index + 1)", requests[index], expected)
        }
    }

    private func fileDifferences() -> [String] {
        let changed = file.all("after").compactMap { section -> String? in
            let actual = (try? Data(contentsOf: folder.appending(path: section.words[0]))).map(Array.init)
            return actual == section.content ? nil : Self.show(section.words[0], actual ?? [], section.content)
        }
        let known = Set((file.all("file") + file.all("after")).map { $0.words[0] })
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let extra = present.filter { !known.contains($0) }
        return changed + extra.map { "file \($0) should not be there" }
    }

    /// Content with what only this run knows filled in.
    private func fill(_ content: [UInt8]) -> [UInt8] {
        let text = content.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false)
        guard text.count > 1 else { return content }
        var result = content
        let host = "127.0.0.1:\(server.port)"
        for (name, value) in [("{host}", host), ("{url}", server.url), ("{port}", "\(server.port)")] {
            result = Array(
                result.split(separator: Array(name.utf8), omittingEmptySubsequences: false).joined(
                    separator: value.utf8))
        }
        return result
    }

    private static func show(_ name: String, _ actual: [UInt8], _ expected: [UInt8]) -> String {
        "\(name) is:\n\(visible(actual))\nexpected:\n\(visible(expected))"
    }

    /// Every byte visible, a line for each line.
    private static func visible(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n\n"
            case " "..."~": String(scalar)
            default: scalar.value < 0xA0 ? "\\x" + String(scalar.value, radix: 16) : String(scalar)
            }
        }.joined()
    }
}
