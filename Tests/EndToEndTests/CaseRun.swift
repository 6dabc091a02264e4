import Foundation
import TestSupport

/// Plays one case and tells what differs from what it expects.
struct CaseRun {
    private let file: CaseFile
    private let stage: CaseStage

    /// Plays a case.
    ///
    /// - Returns: a description of each difference; none when all is as expected.
    /// - Throws: ``CaseError``, ``TestFault``, or an error of the file system.
    static func differences(of file: CaseFile) async throws -> [String] {
        let stage = try CaseStage(file)
        let result: Result<[String], any Error>
        do {
            result = .success(try await CaseRun(file: file, stage: stage).play())
        } catch {
            result = .failure(error)
        }
        stage.server.stop()
        return try result.get()
    }

    private func play() async throws -> [String] {
        let program = try await CaseProgram.make(file, on: stage).start()
        for (gate, moment) in stage.moments { moment.open(gate, program: program, server: stage.server) }
        let acts = start(program)
        let outcome = try await program.outcome()
        // The program is gone, and with it everything a gate could still wait for.
        for act in acts { act.gate.abandon() }
        stage.server.finish()
        let missed = acts.filter { !$0.gate.isOpen }.map { "line \($0.line): what it waits for never came" }
        return missed + streamDifferences(outcome) + requestDifferences() + fileDifferences()
    }

    /// Starts what is typed at the program and what signals are sent to it, each when its moment comes.
    private func start(_ program: RunningProgram) -> [(gate: Gate, line: Int)] {
        (file.all(.type) + file.all(.signal)).map { section in
            let gate = Gate()
            Thread.detachNewThread {
                guard gate.wait() else { return }
                if section.kind == .type {
                    program.type(section.content)
                } else if let number = CaseSignal.numbers[section.operands[0]] {
                    program.signal(number)
                }
            }
            if let moment = section.options["once"].flatMap(Moment.init) {
                moment.open(gate, program: program, server: stage.server)
            } else {
                gate.open()
            }
            return (gate, section.line)
        }
    }

    private func streamDifferences(_ outcome: TestProgram.Outcome) -> [String] {
        let expected = file.section(.exit).flatMap { Int32($0.operands[0]) } ?? 0
        let status = outcome.status == expected ? [] : ["exit \(outcome.status), expected \(expected)"]
        let streams = [
            difference("stdout", file.section(.stdout), outcome.output),
            difference("stderr", file.section(.stderr), outcome.error),
        ]
        return status + streams.compactMap(\.self)
    }

    /// How something differs from its section; what has no section must be empty.
    private func difference(_ label: String, _ section: CaseSection?, _ actual: [UInt8]) -> String? {
        compare(label, stage.fill(section?.content ?? []), actual, isPattern: section?.has("like") == true)
    }

    private func compare(_ label: String, _ expected: [UInt8], _ actual: [UInt8], isPattern: Bool) -> String? {
        let isEqual = isPattern ? Wildcards(expected).match(actual) : expected == actual
        return isEqual ? nil : Difference.describe(label, expected: expected, actual: actual)
    }

    private func requestDifferences() -> [String] {
        let requests = stage.server.requests
        let expected = file.all(.request)
        // Without a section for any request it only counts how many there are; a repeated reply leaves that open too.
        let count = max(file.all(.reply).count, expected.count)
        let isOpen = file.all(.reply).contains { $0.has("repeated") }
        var differences: [String] = []
        if requests.count < count || (requests.count > count && !isOpen) {
            differences.append("\(requests.count) requests, expected \(count)")
        }
        for (index, section) in expected.enumerated() where index < requests.count {
            let text = stage.fill(section.content)
            let difference = compare(
                "request \(index + 1)", section.has("body") ? text : HTTPMessage.onTheWire(text),
                section.has("body") ? requests[index].payload : requests[index].bytes, isPattern: section.has("like"))
            differences += [difference].compactMap(\.self)
        }
        let unexpected = requests.dropFirst(count).map(\.bytes)
        return differences
            + (isOpen ? [] : unexpected.map { Difference.describe("unexpected request", expected: [], actual: $0) })
    }

    /// What the folder holds that it should not, or not so: files are as they were unless the case says otherwise.
    private func fileDifferences() -> [String] {
        var expected: [String: [UInt8]] = [:]
        for section in file.all(.file) { expected[section.operands[0]] = stage.fill(section.content) }
        for section in file.all(.after) { expected[section.operands[0]] = stage.fill(section.content) }
        let patterns = Set(file.all(.after).filter { $0.has("like") }.map { $0.operands[0] })
        for section in file.all(.absent) { expected[section.operands[0]] = nil }
        let links = Set((file.all(.link) + file.all(.fifo)).map { $0.operands[0] })
        let names = try? FileManager.default.subpathsOfDirectory(atPath: stage.folder.url.path)
        var present: [String: [UInt8]] = [:]
        for name in names ?? [] where name != CaseStage.inputName && !links.contains(name) {
            if let data = FileManager.default.contents(atPath: stage.folder.path(name)) { present[name] = Array(data) }
        }
        return Set(expected.keys).union(present.keys).sorted().compactMap { name in
            guard let actual = present[name] else { return "file \(name) is missing" }
            guard let wanted = expected[name] else { return "file \(name) should not be there" }
            return compare("file \(name)", wanted, actual, isPattern: patterns.contains(name))
        }
    }
}
