import JSON
import Platform
import Testing

@testable import Batch

@Suite("A template")
struct TemplateTests {
    @Test(
        "takes the fields of a row",
        arguments: [
            (#"Translate: {text}\n"#, #"{"text":"Guten Tag"}"#, "Translate: Guten Tag\n"),
            ("{a}{b}{a}", #"{"a":"x","b":"y"}"#, "xyx"),
            ("{{{a}}} }}{{", #"{"a":"x"}"#, "{x} }{"),
            (#"\t\\{a}\x41\u{e9}"#, #"{"a":"x"}"#, "\t\\xA\u{e9}"),
            ("{a}", #"{"a":"quote \" newline \n {b} \\n"}"#, "quote \" newline \n {b} \\n"),
            ("{n} {t} {f}", #"{"n":1.50e3,"t":true,"f":false}"#, "1.50e3 true false"),
            ("{list} {object}", #"{"list":[1, "a\u00e9"], "object":{ "k" : [ ] }}"#, #"[1,"a\u00e9"] {"k":[]}"#),
            ("{a b}:{é}:{a.b}", #"{"a b":1,"\u00e9":2,"a.b":3}"#, "1:2:3"),
            ("{a}", #"{"a":"first","a":"last"}"#, "last"),
            ("{a}", #"{"a":"x","prompt":"p","seed":1,"unknown":[]}"#, "x"),
        ])
    func fill(template: String, row: String, prompt: String) throws {
        let body: JSONValue = ["model": "m", "prompt": .text(prompt)]
        #expect(try Parsed.body(row, template: template) == body.jsonBytes.text)
    }

    @Test(
        "fails the rows that it does not fit",
        arguments: [
            ("{text}", #"{"txt":"a"}"#, "field 'text' of the template is missing"),
            ("{text}", #"{"text":null}"#, "field 'text' of the template is null"),
            ("{text}", #"{"text":""}"#, "the prompt is empty; --allow-empty-prompt sends it"),
            ("{text}", #""text""#, "the row is a string; --template fills in the fields of an object"),
            ("{text}", "[]", "the row is neither a JSON string nor an object"),
        ])
    func misfits(template: String, row: String, reason: String) throws {
        #expect(try Parsed.reason(row, template: template) == reason)
    }

    @Test("leaves a row its id")
    func id() throws {
        let row = try Parsed.record(#"{"custom_id":"x","text":"a"}"#, template: "{custom_id}: {text}").get()
        #expect(row.id.text == "x")
        #expect(row.body.jsonBytes.text == #"{"model":"m","prompt":"x: a"}"#)
    }

    @Test(
        "that is none says where",
        arguments: [
            ("abc {text", 4, "'{' at byte 4 is not closed; '{{' stands for a brace"),
            ("{a{b}}", 0, "'{' at byte 0 is not closed; '{{' stands for a brace"),
            ("{a} }", 4, "'}' at byte 4 closes nothing; '}}' stands for a brace"),
            ("x{}", 1, "'{}' at byte 1 names no field; '{{}}' stands for braces"),
            (#"{a}\q"#, 3, #"byte 3 begins none of the escapes \n \t \r \\ \xNN \u{...}"#),
            (#"{a}\xff"#, 0, "after replacing escapes, the text is not UTF-8"),
            ("no field", 0, "no {field} in it, so that every prompt would be the same"),
            ("", 0, "no {field} in it, so that every prompt would be the same"),
        ])
    func refused(text: String, offset: Int, problem: String) {
        let error = #expect(throws: TemplateError.self) { try Template(parsing: Array(text.utf8)) }
        #expect(error?.offset == offset)
        #expect(error?.problem.text(masking: Secrets()) == problem)
    }

    @Test("of bytes that are not UTF-8 is refused")
    func notUTF8() {
        let error = #expect(throws: TemplateError.self) { try Template(parsing: [0x7B, 0x61, 0x7D, 0xFF]) }
        #expect(error?.offset == 3)
    }
}
