import TestSupport
import Testing

@Suite("Screen")
struct ScreenTests {
    @Test("What a program shows can be read, and keys reach it")
    func conversation() async throws {
        var program = TestProgram(path: "/bin/sh", ["-c", "printf 'caf\\303\\251: '; read a; echo \"got $a\"; exit 3"])
        program.size = TerminalSize(columns: 20, rows: 4)
        let screen = try await Screen(program)
        do {
            let shown = try await screen.text { $0.contains("café:") }
            #expect(shown.split(separator: "\n", omittingEmptySubsequences: false).count == 5)
            try await screen.press("it", "Enter")
            #expect(try await screen.status() == 3)
            let last = try await screen.text()
            #expect(last.hasPrefix("café: it\ngot it\n"))
        } catch {
            await screen.close()
            throw error
        }
        await screen.close()
    }

    @Test("A screen that never shows it is a fault that shows the screen")
    func notShown() async throws {
        let screen = try await Screen(TestProgram(path: "/bin/sh", ["-c", "echo here; read a"]))
        _ = try await screen.text { $0.contains("here") }
        let fault = await #expect(throws: TestFault.self) { try await screen.text(patience: .zero) { _ in false } }
        #expect(fault?.description.contains("here") == true)
        await screen.close()
    }
}
