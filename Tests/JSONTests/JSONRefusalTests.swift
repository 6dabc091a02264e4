import JSON
import Testing

@Suite("JSON that RFC 8259 does not allow")
struct JSONRefusalTests {
    typealias Case = (text: String, problem: JSONError.Problem, offset: Int)

    private func expectRefusal(_ text: String, _ problem: JSONError.Problem, _ offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONView.of(text) }
        #expect(error?.problem == problem)
        #expect(error?.offset == offset)
    }

    @Test(
        "a text without a value, or with more than one",
        arguments: [
            ("", .unexpectedEnd, 0), (" \n", .unexpectedEnd, 2), ("n", .unexpectedEnd, 1), ("tru", .unexpectedEnd, 3),
            ("True", .expectedValue, 0), ("nulL", .expectedValue, 0), ("fals3", .expectedValue, 0),
            ("undefined", .expectedValue, 0), ("'a'", .expectedValue, 0), ("a", .expectedValue, 0),
            ("nulls", .trailingBytes, 4), ("true false", .trailingBytes, 5), ("1 2", .trailingBytes, 2),
            ("[] []", .trailingBytes, 3), ("{},", .trailingBytes, 2), (#""a""b""#, .trailingBytes, 3),
            ("[]]", .trailingBytes, 2), ("null\u{0}", .trailingBytes, 4),
        ] as [Case])
    func loneValues(text: String, problem: JSONError.Problem, offset: Int) {
        expectRefusal(text, problem, offset)
    }

    @Test(
        "numbers in forms of other languages",
        arguments: [
            ("+1", .expectedValue, 0), (".5", .expectedValue, 0), ("NaN", .expectedValue, 0),
            ("Infinity", .expectedValue, 0), ("-Infinity", .invalidNumber, 0), ("-", .unexpectedEnd, 1),
            ("--1", .invalidNumber, 0), ("- 1", .invalidNumber, 0), ("01", .invalidNumber, 0),
            ("-00", .invalidNumber, 0), ("1.", .unexpectedEnd, 2), ("1.e5", .invalidNumber, 0),
            ("1.5.2", .invalidNumber, 0), ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
            ("1ee5", .invalidNumber, 0), ("1e5.5", .invalidNumber, 0), ("[1.]", .invalidNumber, 1),
            ("[01]", .invalidNumber, 1), ("0x10", .trailingBytes, 1), ("1_000", .trailingBytes, 1),
            ("1,000", .trailingBytes, 1), ("1f", .trailingBytes, 1), ("١", .expectedValue, 0),
        ] as [Case])
    func numbers(text: String, problem: JSONError.Problem, offset: Int) {
        expectRefusal(text, problem, offset)
    }

    @Test(
        "strings that do not end, or hold what must be escaped",
        arguments: [
            (#"""#, .unexpectedEnd, 1), (#""abc"#, .unexpectedEnd, 4), (#""a\"#, .unexpectedEnd, 3),
            (#""\""#, .unexpectedEnd, 3), (#""\u12"#, .unexpectedEnd, 5), (#""\u12""#, .invalidEscape, 1),
            (#""ab\x41""#, .invalidEscape, 3), (#""\'""#, .invalidEscape, 1), (#""\U0041""#, .invalidEscape, 1),
            (#""\u00g0""#, .invalidEscape, 1), (#""\u 123""#, .invalidEscape, 1), (#""\u+123""#, .invalidEscape, 1),
            ("\"a\nb\"", .controlCharacter, 2), ("\"\t\"", .controlCharacter, 1), ("\"\u{0}\"", .controlCharacter, 1),
            ("\"\u{1f}\"", .controlCharacter, 1), ("\"\\\n\"", .invalidEscape, 1), ("{\"\r\":1}", .controlCharacter, 2),
        ] as [Case])
    func strings(text: String, problem: JSONError.Problem, offset: Int) {
        expectRefusal(text, problem, offset)
    }

    @Test(
        "arrays and objects that are not closed, or hold stray punctuation",
        arguments: [
            ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3),
            ("[1, ", .unexpectedEnd, 4),
            ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1), ("[1,,2]", .expectedValue, 3),
            ("[1 2]", .expectedCommaOrEnd, 3), ("[1;2]", .expectedCommaOrEnd, 2), ("]", .expectedValue, 0),
            ("[}", .expectedValue, 1), ("[1}", .expectedCommaOrEnd, 2), ("[\"a\":1]", .expectedCommaOrEnd, 4),
            ("{", .unexpectedEnd, 1), (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5),
            (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a":1,"#, .unexpectedEnd, 7), (#"{"a":1,}"#, .expectedKey, 7),
            ("{,}", .expectedKey, 1), ("{a:1}", .expectedKey, 1), ("{1:1}", .expectedKey, 1),
            ("{null:1}", .expectedKey, 1), (#"{"a" 1}"#, .expectedColon, 5), (#"{"a"}"#, .expectedColon, 4),
            (#"{"a"=1}"#, .expectedColon, 4), (#"{"a"::1}"#, .expectedValue, 5), (#"{"a":}"#, .expectedValue, 5),
            (#"{"a":1 "b":2}"#, .expectedCommaOrEnd, 7), (#"{"a":1]"#, .expectedCommaOrEnd, 6),
            ("}", .expectedValue, 0),
            ("{]", .expectedKey, 1),
        ] as [Case])
    func containers(text: String, problem: JSONError.Problem, offset: Int) {
        expectRefusal(text, problem, offset)
    }

    @Test(
        "white space and comments of other languages",
        arguments: [
            ("\u{FEFF}1", .expectedValue, 0), ("\u{A0}1", .expectedValue, 0), ("1\u{2028}", .trailingBytes, 1),
            ("\u{C}1", .expectedValue, 0), ("1\u{B}", .trailingBytes, 1), ("//a\n1", .expectedValue, 0),
            ("/**/1", .expectedValue, 0), ("[1]#a", .trailingBytes, 3), ("[1,/**/2]", .expectedValue, 3),
        ] as [Case])
    func whiteSpace(text: String, problem: JSONError.Problem, offset: Int) {
        expectRefusal(text, problem, offset)
    }

    @Test("every beginning of a document ends too early, at its end")
    func beginnings() throws {
        let document = Array(#"{"a":[1.25e-3,true,false,null,{"\u00e9\n":"x"}],"b":{}}"#.utf8)
        for count in document.indices {
            let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(document[..<count])) }
            #expect(error?.problem == .unexpectedEnd)
            #expect(error?.offset == count)
        }
    }

    @Test("an error reads as a clause with its place")
    func words() {
        let error = #expect(throws: JSONError.self) { try JSONView.of("[1,]") }
        #expect(error?.description == "expected a value at byte 3")
    }
}
