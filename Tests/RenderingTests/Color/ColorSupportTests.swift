import Testing

@testable import Rendering

@Suite("Color detection")
struct ColorSupportTests {
    private func detect(
        _ variables: [String: String], _ choice: ColorChoice = .auto, terminal: Bool = true
    ) -> ColorSupport {
        ColorSupport.detect(choice, isTerminal: terminal, environment: ColorEnvironment { variables[$0] })
    }

    @Test(
        "a terminal's name tells its colors",
        arguments: [
            ("xterm-256color", ColorDepth.indexed), ("tmux-256color", .indexed), ("screen.xterm-256color", .indexed),
            ("xterm", .basic), ("linux", .basic), ("ansi", .basic), ("vte", .basic), ("xterm-direct", .direct),
            ("xterm-kitty", .direct), ("foot", .direct), ("foot-extra", .direct), ("alacritty", .direct),
            ("footer", .basic), ("vt100", .none), ("vt220-w", .none), ("xterm-mono", .none), ("dumb", .none),
            ("unknown", .none), ("", .none),
        ])
    func terminalNames(term: String, depth: ColorDepth) {
        #expect(detect(["TERM": term]).depth == depth)
        #expect(detect(["TERM": term]).hasAttributes == !["", "dumb", "unknown"].contains(term))
        #expect(detect(["TERM": term], terminal: false) == .plain)
        #expect(detect(["TERM": term], .never) == .plain)
    }

    @Test(
        "COLORTERM deepens what the name tells, but not of a terminal that obeys no sequence",
        arguments: [
            ("truecolor", "xterm", ColorDepth.direct), ("24bit", "tmux-256color", .direct), ("1", "vt100", .basic),
            ("yes", "xterm-256color", .indexed), ("truecolor", "dumb", .none), ("", "xterm", .basic),
        ])
    func colorTerm(value: String, term: String, depth: ColorDepth) {
        #expect(detect(["TERM": term, "COLORTERM": value]).depth == depth)
    }

    @Test("NO_COLOR takes the colors and leaves bold, dim and underlined; the empty one says nothing")
    func noColor() {
        let terminal = ["TERM": "xterm-256color"]
        let without = detect(terminal.merging(["NO_COLOR": "0"]) { $1 })
        #expect(without == ColorSupport(depth: .none, hasAttributes: true))
        #expect(detect(terminal.merging(["NO_COLOR": ""]) { $1 }).depth == .indexed)
        #expect(detect(terminal.merging(["NO_COLOR": "1"]) { $1 }, .always).depth == .indexed)
    }

    @Test(
        "FORCE_COLOR names a depth or asks for color, in a pipe too, against NO_COLOR",
        arguments: [
            ("0", ColorDepth.none), ("false", .none), ("1", .basic), ("2", .indexed), ("3", .direct),
            ("true", .indexed),
            ("4", .indexed),
        ])
    func forceColor(value: String, depth: ColorDepth) {
        let variables = ["TERM": "xterm-256color", "NO_COLOR": "1", "FORCE_COLOR": value]
        #expect(detect(variables).depth == depth)
        #expect(detect(variables, terminal: false) == ColorSupport(depth: depth, hasAttributes: depth > .none))
        #expect(detect(variables, .never) == .plain)
    }

    @Test("an empty FORCE_COLOR says nothing")
    func emptyForceColor() {
        #expect(detect(["TERM": "xterm", "FORCE_COLOR": ""], terminal: false) == .plain)
    }

    @Test("--color always colors whatever the output and the environment are")
    func always() {
        #expect(detect([:], .always, terminal: false) == ColorSupport(depth: .basic, hasAttributes: true))
        #expect(detect(["TERM": "dumb"], .always).depth == .basic)
        #expect(detect(["TERM": "xterm", "FORCE_COLOR": "0"], .always).depth == .basic)
        #expect(detect(["TERM": "xterm", "FORCE_COLOR": "3"], .always).depth == .direct)
        #expect(detect(["TERM": "xterm", "COLORTERM": "truecolor"], .always, terminal: false).depth == .direct)
    }
}
