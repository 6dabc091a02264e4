import Testing

@testable import Flags

@Suite("Did you mean")
struct SuggestionTests {
    private static let names = ["temperature", "top-p", "stop", "stream", "no-stream", "seed", "n"]

    @Test(
        "a slip finds its name, anything further off finds none",
        arguments: [
            ("temprature", "temperature"), ("temperatrue", "temperature"), ("tempreture", "temperature"),
            ("topp", "top-p"), ("top_p", "top-p"), ("stp", "stop"), ("stops", "stop"), ("steram", "stream"),
            ("no-streem", "no-stream"), ("sede", "seed"), ("tem", "temperature"), ("temp", "temperature"),
            ("m", "n"), ("STREAM", "stream"), ("frobnicate", nil), ("temple-garden", nil), ("xyz", nil),
        ] as [(String, String?)])
    func nearest(word: String, name: String?) {
        #expect(Suggestion.nearest(to: word, among: Self.names) == name)
    }

    @Test("a beginning that fits several names suggests none of them")
    func ambiguous() {
        #expect(Suggestion.nearest(to: "max", among: ["max-tokens", "max-retries"]) == nil)
        #expect(Suggestion.nearest(to: "max-r", among: ["max-tokens", "max-retries"]) == "max-retries")
    }

    @Test("nothing to choose from suggests nothing")
    func noCandidates() {
        #expect(Suggestion.nearest(to: "seed", among: []) == nil)
    }

    @Test(
        "the distance counts insertions, deletions, substitutions and swaps of neighbors",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1),
            ("abc", "abcd", 1), ("abc", "acb", 1), ("ca", "abc", 3), ("kitten", "sitting", 3), ("ab", "ba", 1),
        ])
    func distance(a: String, b: String, edits: Int) {
        #expect(Suggestion.distance(Array(a.utf8), Array(b.utf8)) == edits)
        #expect(Suggestion.distance(Array(b.utf8), Array(a.utf8)) == edits)
    }

    @Test("a word of any length is compared without delay or harm")
    func longWord() {
        #expect(Suggestion.nearest(to: String(repeating: "s", count: 1_000_000), among: Self.names) == nil)
    }
}
