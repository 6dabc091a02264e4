import API
import Flags
import Platform
import Testing

@testable import CLI

/// Where something is said: nowhere, or in one or more of these places.
private struct Places: OptionSet, Sendable {
    let rawValue: Int
    static let variable = Places(rawValue: 1)
    static let common = Places(rawValue: 2)
    static let profile = Places(rawValue: 4)
    static let commandLine = Places(rawValue: 8)
    static let all = (0..<16).map(Places.init)
}

@Suite("Which key goes to which server")
struct KeyPrecedenceTests {
    /// How the profile is named.
    private enum Naming: CaseIterable {
        case none, variable, flag
    }

    /// Of the places that count, the strongest.
    private static func winner(_ places: Places, _ naming: Naming) -> Places? {
        let strong: [Places] = naming == .flag ? [.profile, .variable] : [.variable, .profile]
        let order = [.commandLine] + strong.filter { $0 != .profile || naming != .none } + [.common]
        return order.first { places.contains($0) }
    }

    private static func expected(_ urls: Places, _ keys: Places, _ naming: Naming) -> String {
        let url = winner(urls, naming)
        let own: Places = url == .profile ? keys.intersection([.profile, .commandLine]) : keys
        return "\(name(url)) \(name(winner(own, naming)))"
    }

    private static func name(_ place: Places?) -> String {
        switch place {
        case .variable?: "variable"
        case .common?: "common"
        case .profile?: "profile"
        case .commandLine?: "line"
        default: "none"
        }
    }

    /// The server and the key that a command ends with.
    private func resolve(_ urls: Places, _ keys: Places, _ naming: Naming) throws -> String {
        func url(_ name: String) -> String { "https://\(name).example" }
        func lines(_ place: Places, _ name: String) -> String {
            (urls.contains(place) ? "base-url \(url(name))\n" : "")
                + (keys.contains(place) ? "api-key-command \(name)\n" : "")
        }
        var variables: [String: String] = [:]
        if urls.contains(.variable) { variables["CEREBRAS_BASE_URL"] = url("variable") }
        if keys.contains(.variable) { variables["CEREBRAS_API_KEY"] = "variable" }
        var arguments = naming == .flag ? ["--profile", "p"] : []
        if urls.contains(.commandLine) { arguments += ["--base-url", url("line")] }
        if keys.contains(.commandLine) { arguments += ["--api-key-command", "line"] }
        let document = try ConfigDocument(
            parsing: Array("\(lines(.common, "common"))[p]\n\(lines(.profile, "profile"))".utf8))
        let config = ConfigSource(
            file: "f", lines: document.lines(for: naming == .none ? nil : "p"), outranksVariables: naming == .flag,
            others: [], example: "seed 7")
        let parser = Parser(CompleteCommand.sections)
        var options = CompleteOptions()
        let words = arguments.map { Array($0.utf8) }
        let given = try parser.parse(words, into: &options).given
        options = CompleteOptions()
        let values = variables.mapValues { Array($0.utf8) }
        let outcome = try parser.resolve(words, given: given, config: config, { values[$0] }, into: &options)
        options.connection.profile = outcome.profile(deciding: "base-url")
        let host = options.connection.baseURL.text.dropFirst(8).split(separator: ".").first ?? ""
        let server = urls.isEmpty || host == "api" ? "none" : String(host)
        return "\(server) \(try key(options.connection, values))"
    }

    private func key(_ connection: ConnectionOptions, _ variables: [String: [UInt8]]) throws -> String {
        if case .command(let words)? = connection.key { return String(decoding: words[0], as: UTF8.self) }
        let context = ProcessContext(environment: { variables[$0] })
        return try connection.readKey(isShown: true, context).key ?? "none"
    }

    @Test("every combination of where the URL and the key are and how the profile is named")
    func combinations() throws {
        for naming in Naming.allCases {
            for urls in Places.all {
                for keys in Places.all {
                    let found = try resolve(urls, keys, naming)
                    let expected = Self.expected(urls, keys, naming)
                    #expect(found == expected, "\(naming), URLs \(urls.rawValue), keys \(keys.rawValue)")
                }
            }
        }
    }
}
