import Foundation

/// A program in a terminal with a real screen: tmux's, on a server of its own that no one else can meet.
public final class Screen: Sendable {
    /// Runs the program and then tells its exit status as the terminal's title, which goes the same way as its output and
    /// so arrives after it. tmux itself sometimes forgets how a program ended. The screen stays until it is closed.
    private static let script =
        #"trap : INT QUIT; "$@"; printf '\033]2;ended %d\007' "$?"; while read -r _; do :; done"#

    private let folder: TemporaryFolder

    /// Starts a program in a terminal of its ``TestProgram/size``. Its streams are the terminal, whatever it says of them.
    ///
    /// - Throws: ``TestFault`` when tmux can't be started.
    public init(_ program: TestProgram) async throws(TestFault) {
        folder = try TemporaryFolder()
        // Nothing of tmux's own is on the screen.
        let settings = """
            set -g status off
            set -g default-terminal "screen-256color"
            """
        do {
            try Data(settings.utf8).write(to: folder.url.appending(path: "tmux.conf"))
        } catch {
            throw .system("writing tmux's settings", errno: EIO)
        }
        let size = ["-x", "\(program.size.columns)", "-y", "\(program.size.rows)"]
        let place = ["-c", program.folder ?? folder.url.path]
        let shell = ["/bin/sh", "-c", Self.script, "sh", "/usr/bin/env", "-i", "TERM=screen-256color"]
        _ = try await tmux(
            (["new-session", "-d"] + size + place + ["--"] + shell).map { Array($0.utf8) } + program.environment + [
                Array(program.path.utf8)
            ] + program.arguments)
    }

    /// What it shows, a line for each line, without trailing blanks.
    public func text() async throws(TestFault) -> String {
        try await tmux("capture-pane", "-p")
    }

    /// Looks until the screen shows what is waited for.
    ///
    /// - Parameter patience: so long; then the test fails.
    /// - Throws: ``TestFault/notShown(_:)``.
    public func text(
        patience: Duration = .seconds(30), once isShown: (String) -> Bool
    ) async throws(TestFault) -> String {
        let end = ContinuousClock.now.advanced(by: patience)
        while true {
            let text = try await text()
            if isShown(text) { return text }
            guard ContinuousClock.now < end else { throw .notShown(text) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The program's exit status, once it has ended and all it wrote is on the screen; 128 and the signal's number when a signal ended it.
    ///
    /// - Throws: ``TestFault/notShown(_:)`` when it does not end.
    public func status(patience: Duration = .seconds(30)) async throws(TestFault) -> Int32 {
        let end = ContinuousClock.now.advanced(by: patience)
        while true {
            let title = try await tmux("display-message", "-p", "#{pane_title}").split { $0.isWhitespace }
            if title.count == 2, title[0] == "ended", let status = Int32(title[1]) { return status }
            guard ContinuousClock.now < end else { throw .notShown(try await text()) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Presses keys, by tmux's names: `C-c`, `Enter`, or text as it stands.
    public func press(_ keys: String...) async throws(TestFault) {
        _ = try await tmux((["send-keys"] + keys).map { Array($0.utf8) })
    }

    /// Ends it all. Must be called.
    public func close() async {
        _ = try? await tmux("kill-server")
    }

    private func tmux(_ words: String...) async throws(TestFault) -> String {
        try await tmux(words.map { Array($0.utf8) })
    }

    private func tmux(_ words: [[UInt8]]) async throws(TestFault) -> String {
        let own = ["tmux", "-u", "-S", folder.path("socket"), "-f", folder.path("tmux.conf")]
        var program = TestProgram(path: "/usr/bin/env", own.map { Array($0.utf8) } + words)
        program.setVariable("PATH", "/usr/local/bin:/usr/bin:/bin")
        program.setVariable("LC_ALL", "C.UTF-8")
        program.setVariable("TERM", "screen-256color")
        let outcome = try await program.run()
        guard outcome.status == 0 else {
            throw .failed(path: "tmux", status: outcome.status, error: String(decoding: outcome.error, as: UTF8.self))
        }
        return String(decoding: outcome.output, as: UTF8.self)
    }
}
