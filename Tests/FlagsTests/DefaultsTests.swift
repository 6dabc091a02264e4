import Flags
import Platform
import Testing

@Suite("Defaults and environment variables")
struct DefaultsTests {
    /// Options after defaults, arguments and environment, in that order.
    private func resolve(_ words: [String], _ variables: [String: String] = [:]) throws(UsageError) -> Sample {
        var options = Sample()
        let parser = Parser(Sample.sections)
        try parser.fillDefaults(of: &options)
        let outcome = try parser.parse(words.map { Array($0.utf8) }, into: &options)
        try parser.readEnvironment(
            { variables[$0].map { Array($0.utf8) } }, into: &options, besides: outcome.given)
        return options
    }

    @Test("the command line goes before the variable, the variable before the default")
    func precedence() throws {
        #expect(try resolve(["-n", "given"], ["NAME": "variable"]).name == Array("given".utf8))
        #expect(try resolve([], ["NAME": "variable"]).name == Array("variable".utf8))
        #expect(try resolve([]).name == Array("usual".utf8))
    }

    @Test("an empty variable counts as unset")
    func emptyVariable() throws {
        #expect(try resolve([], ["NAME": ""]).name == Array("usual".utf8))
    }

    @Test("a default also fills a field, and is replaced by the given one")
    func fields() throws {
        #expect(try resolve([]).fields == ["logprobs": [.integer(3)]])
        #expect(try resolve(["--logprobs=0"]).fields == ["logprobs": [.integer(0)]])
    }

    @Test("a bad variable is named instead of the flag, unless the flag was given")
    func badVariable() throws {
        let error = #expect(throws: UsageError.self) { try resolve([], ["TIMEOUT": "soon"]) }
        #expect(error?.message == "TIMEOUT: 'soon' is not a time such as 30s, 1.5m or 500ms")
        #expect(try resolve(["--timeout=1"], ["TIMEOUT": "soon"]).timeout == .seconds(1))
    }
}
