import TestSupport
import Testing

/// No fault makes the command hang, crash, or take a part of an answer for the whole: each row of the matrix, streamed
/// and whole, in every format.
@Suite("Fault matrix")
struct FaultMatrixTests {
    /// The word for each exit status in the objects that programs read.
    private static let kinds: [Int32: String] = [
        3: "key", 4: "refused", 5: "server", 6: "rate_limited", 7: "network", 8: "timeout", 9: "cut_short",
    ]

    @Test("The sandbox's faults end as the matrix says", arguments: FaultRow.sandboxRows)
    func sandbox(row: FaultRow) async throws {
        guard case .sandbox(let specs) = row.server else { return }
        let reference = try await FaultReference.ofSandbox.value
        let arguments = specs.flatMap { ["--fault", $0] }
        // A fault of the first requests only needs a server for each run.
        let isCounted = specs.contains { $0.contains(":") && !$0.contains("://") }
        let shared = isCounted ? nil : try await ServedSandbox.start(arguments)
        try await eachRun(of: row) { run in
            let sandbox = if let shared { shared } else { try await ServedSandbox.start(arguments) }
            check(try await run.outcome(url: sandbox.url, isSandbox: true), row, run, reference)
        }
    }

    @Test("The faults of bytes end as the matrix says", arguments: FaultRow.byteRows)
    func bytes(row: FaultRow) async throws {
        let reference = try await FaultReference.ofBytes.value
        try await eachRun(of: row) { run in
            let server = try LoopbackServer(row.replies(to: run.form))
            defer { server.stop() }
            check(try await run.outcome(url: server.url, isSandbox: false), row, run, reference)
        }
    }

    /// Carries out a row's runs, both forms at once, since some wait for silence to be noticed.
    private func eachRun(of row: FaultRow, _ body: @escaping @Sendable (FaultRun) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for form in FaultForm.allCases {
                group.addTask {
                    for run in FaultRun.all(row.flags) where run.form == form { try await body(run) }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Compares exit status, standard output byte for byte, and standard error line by line.
    private func check(_ outcome: FaultRun.Outcome, _ row: FaultRow, _ run: FaultRun, _ reference: FaultReference) {
        let cell = row.cell(run.form)
        let form = row.isAlwaysStreamed ? .streamed : run.form
        let place = Comment(rawValue: "\(row.name), \(run.form), \(run.format)")
        #expect(outcome.status == cell.status, place)
        let expected = reference.output(cell.output, form, run.format)
        if !outcome.output.utf8.elementsEqual(expected.utf8) {
            let difference = Difference.describe(
                "stdout", expected: Array(expected.utf8), actual: Array(outcome.output.utf8))
            Issue.record("\(row.name), \(run.form), \(run.format): \(difference)")
        }
        let error = outcome.error.split(separator: "\n").map(String.init)
        guard run.format.hasPrefix("json") else {
            #expect(error == cell.errorLines, place)
            return
        }
        var lines = error[...]
        if cell.status != 0 {
            let start = #"{"error":{"kind":"\#(Self.kinds[cell.status] ?? "")","status":"#
            #expect(lines.popLast()?.hasPrefix(start) == true, place)
        }
        #expect(Array(lines) == cell.programLines, place)
    }
}
