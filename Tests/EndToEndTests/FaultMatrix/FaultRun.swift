import Foundation
import TestSupport

/// One run of the command against a server with a fault.
struct FaultRun: Sendable {
    /// What the runs differ in besides the server.
    static let formats = ["text", "json", "jsonl", "table"]

    /// What is asked for.
    let form: FaultForm
    /// How it is to be written.
    let format: String
    /// Flags beside the usual ones.
    var flags: [String] = []

    /// Every form in every format.
    static func all(_ flags: [String]) -> [FaultRun] {
        FaultForm.allCases.flatMap { form in formats.map { FaultRun(form: form, format: $0, flags: flags) } }
    }

    /// Runs it.
    ///
    /// - Throws: ``TestFault`` also when it hangs.
    func outcome(url: String, isSandbox: Bool) async throws -> Outcome {
        let usual = [
            "complete", "It was", "--max-tokens", "4", "--min-tokens", "4", "--temperature", "0", "--logprobs", "2",
        ]
        var program = TestProgram("cerebras", usual + ["--max-retries", "0", "--format", format, form.flag] + flags)
        program.setVariable("CEREBRAS_BASE_URL", url)
        program.setVariable("CEREBRAS_API_KEY", "test-key")
        let outcome = try await program.run()
        return Outcome(
            status: outcome.status, output: Self.normal(outcome.output, url, isSandbox: isSandbox),
            error: Self.normal(outcome.error, url, isSandbox: isSandbox))
    }

    /// What came of it, with what differs from run to run replaced.
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let error: String
    }

    /// The text without what differs from run to run: addresses, and the sandbox's identifiers and clocks.
    private static func normal(_ bytes: [UInt8], _ url: String, isSandbox: Bool) -> String {
        let text = String(decoding: bytes, as: UTF8.self).replacing(url, with: "{url}")
            .replacing(/^(cerebras: note: retry \d of \d in) 0\.[345]\d* s:/.anchorsMatchLineEndings()) { match in
                "\(match.output.1) {wait} s:"
            }
            .replacing(/("retry":{"number":\d,"of":\d,"seconds":)0\.[345]\d*/) { "\($0.output.1){wait}" }
        guard isSandbox else { return text }
        return
            text
            .replacing(/chatcmpl-[-0-9a-f]+/, with: "{id}").replacing(/[0-9a-f]{12}-SBX/, with: "{request}")
            .replacing(/closed with \d+ bytes/, with: "closed with {n} bytes")
            .replacing(/"time_info":{[^}]*}/, with: #""time_info":{}"#)
            .replacing(/"created":[0-9]+/, with: #""created":0"#)
    }
}
