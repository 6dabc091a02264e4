import API
import Client
import Flags
import HTTP
import Platform
import Testing

@testable import CLI

@Suite("Failures for programs")
struct FailureJSONTests {
    private func line(_ failure: Failure) -> String {
        String(decoding: failure.report(hint: failure.hint).line(masking: Secrets()), as: UTF8.self)
    }

    @Test("a server's error keeps its own words, type and code")
    func serverError() {
        let body = #"{"message":"No \"x\"","type":"t","param":"p","code":17}"#
        let failure = Failure.request(.refused(APIError(status: 422, body: Array(body.utf8)), requestID: "id-1"))
        #expect(
            line(failure)
                == #"{"error":{"kind":"refused","status":422,"type":"t","code":"17","message":"No \"x\"","request_id":"id-1","hint":null}}"#
                + "\n")
    }

    @Test("an error in mid-stream has the status that it named")
    func inStream() {
        let error = APIError(status: 500, body: Array(#"{"status_code":429,"error":{"message":"slow"}}"#.utf8))
        #expect(
            line(.request(.reply(.server(error), requestID: nil)))
                == #"{"error":{"kind":"rate_limited","status":429,"type":null,"code":null,"message":"slow","request_id":null,"hint":"wait, then try again; a tight --max-tokens counts less against the token limit"}}"#
                + "\n")
    }

    @Test("a failure without a server's error has the program's words")
    func local() {
        #expect(
            line(.usage(UsageError("--top-p: '7' is not in 0..1")))
                == #"{"error":{"kind":"usage","status":null,"type":null,"code":null,"message":"--top-p: '7' is not in 0..1","request_id":null,"hint":null}}"#
                + "\n")
    }

    @Test("a redirect has its status")
    func redirect() {
        #expect(
            line(.request(.redirect(302, target: nil, requestID: "r"))).hasPrefix(
                #"{"error":{"kind":"server","status":302,"#))
    }
}
