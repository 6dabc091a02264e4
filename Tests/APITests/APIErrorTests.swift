import API
import Testing

@Suite("API errors")
struct APIErrorTests {
    private func read(_ body: String, status: Int = 400) -> APIError {
        APIError(status: status, body: Array(body.utf8))
    }

    @Test("the API's own body is flat")
    func flat() {
        let error = read(
            #"{"message":"Wrong API Key","type":"invalid_request_error","param":"api_key","code":"wrong_api_key"}"#,
            status: 401)
        #expect(error.status == 401 && error.message == "Wrong API Key")
        #expect([error.type, error.param, error.code] == ["invalid_request_error", "api_key", "wrong_api_key"])
    }

    @Test("other servers nest it under error")
    func nested() {
        let error = read(#"{"error":{"message":"No","type":"t","param":null,"code":404}}"#, status: 404)
        #expect(error.message == "No" && error.type == "t" && error.param == nil)
        #expect(error.code == "404", "a code may be a number")
    }

    @Test(
        "the words are found in every shape",
        arguments: [
            (#"{"error":"words"}"#, "words"), (#"{"detail":"words"}"#, "words"), (#"{"message":"words"}"#, "words"),
            (#"{"error":null,"message":"words"}"#, "words"), (#"{"message":null,"detail":"words"}"#, "words"),
            (#"{"error":{"detail":"words"}}"#, "words"), (#"{"message":"","detail":"words"}"#, "words"),
            (#"{"error":{"message":"words","code":null}}"#, "words"), (#""words""#, "words"),
            (#"{"detail":[{"loc":["body","stop"],"msg":"too long"}]}"#, "body.stop: too long"),
            (
                #"{"detail":[{"loc":["body","prompt",0],"msg":"bad"},{"msg":"worse"}]}"#, "body.prompt.0: bad; worse"
            ),
            (#"{"detail":["one","two"]}"#, "one; two"), (#"{"message":{"error":{"message":"words"}}}"#, "words"),
            (
                #"{"message":"body.a: property 'body.a' is unsupported\nbody.b: property 'body.b' is unsupported"}"#,
                "body.a: property 'body.a' is unsupported; body.b: property 'body.b' is unsupported"
            ),
            (#"{"message":"one\r\ntwo\n\nthree\n"}"#, "one; two; three"),
            ("Too many requests", "Too many requests"), ("  two\n lines \n", "two lines"),
            (
                "<html><head><title>502 Bad Gateway</title></head>\n<body><h1>Sorry</h1></body></html>",
                "502 Bad Gateway Sorry"
            ),
        ])
    func words(body: String, message: String) {
        #expect(read(body).message == message)
    }

    @Test(
        "JSON without words is shown as it came",
        arguments: [
            #"{"code":17}"#, #"{"error":{"code":17}}"#, #"{"message":""}"#, "[]", "{}", "17", #"{"detail":[]}"#,
        ])
    func noWords(body: String) {
        #expect(read(body).message == body)
    }

    @Test("an empty body has no words, and the message says so", arguments: ["", " \r\n", "<html></html>"])
    func empty(body: String) {
        #expect(read(body, status: 503).message == "the server sent no explanation")
        #expect(read(body, status: 503).status == 503)
    }

    @Test("names that are empty are none")
    func emptyNames() {
        let error = read(#"{"message":"m","type":"","param":"","code":""}"#)
        #expect(error.type == nil && error.param == nil && error.code == nil)
    }

    @Test("bytes that are not UTF-8 do not hide the words")
    func invalidBytes() {
        let error = APIError(status: 500, body: Array("caf".utf8) + [0xE9] + Array(" closed".utf8))
        #expect(error.message == "caf\u{FFFD} closed")
    }

    @Test("a body cut off in its JSON is shown as far as it came")
    func cutOff() {
        #expect(read(#"{"message":"Encountered a serv"#).message == #"{"message":"Encountered a serv"#)
    }
}
