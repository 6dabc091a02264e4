import JSON
import Testing

@testable import Batch

@Suite("Lines of the batch API")
struct BatchLineTests {
    @Test(
        "are read like objects of body fields",
        arguments: [
            #"{"custom_id":"a","method":"POST","url":"/v1/completions","body":{"prompt":"p","seed":1}}"#,
            #"{"body":{"prompt":"p","seed":1},"custom_id":"a"}"#,
            #"{"custom_id":"a","method":"post","url":"/completions","body":{"prompt":"p","seed":1}}"#,
            #"{"custom_id":"a","url":"/openai/v2/completions","body":{"prompt":"p","seed":1}}"#,
        ])
    func read(line: String) throws {
        let row = try Parsed.record(line).get()
        #expect(row.id.text == "a")
        #expect(row.body.jsonBytes.text == #"{"model":"m","prompt":"p","seed":1}"#)
    }

    @Test(
        "for anything else are refused",
        arguments: [
            (
                #"{"url":"/v1/chat/completions","body":{"prompt":"p"}}"#,
                "url: '/v1/chat/completions' is for chat; completions are at /v1/completions"
            ),
            (#"{"url":"/v1/embeddings","body":{"prompt":"p"}}"#, "url: '/v1/embeddings' is not /v1/completions"),
            (
                #"{"url":"https://example.com/v1/completions","body":{"prompt":"p"}}"#,
                "url: 'https://example.com/v1/completions' is not a path such as /v1/completions; --base-url names the server"
            ),
            (#"{"url":5,"body":{"prompt":"p"}}"#, "url: not a string"),
            (#"{"method":"GET","body":{"prompt":"p"}}"#, "method: 'GET' is not POST"),
            (#"{"method":null,"body":{"prompt":"p"}}"#, "method: not a string"),
            (#"{"method":"POST","url":"/v1/completions"}"#, "body: not an object of request body fields"),
            (#"{"body":"p"}"#, "body: not an object of request body fields"),
            (#"{"body":{"prompt":"p"},"max_tokens":5}"#, "field 'max_tokens' stands beside 'body', not in it"),
            (#"{"body":{"prompt":"p"},"body":{"prompt":"q"}}"#, "field 'body' is given twice"),
            (#"{"body":{"messages":[]}}"#, "'messages' is for chat; completions take a 'prompt'"),
            (#"{"body":{"seed":5}}"#, "the row has no 'prompt'"),
        ])
    func refused(line: String, reason: String) throws {
        #expect(try Parsed.reason(line) == reason)
    }
}
