import JSON
import Testing

@testable import CLI

@Suite("Prices of tokens")
struct ModelPricesTests {
    @Test(
        "what is no price of a single token is none", arguments: [("0.1", "0"), ("-1", "0"), ("a", "0"), ("0", "nan")])
    func refused(prompt: String, completion: String) {
        #expect(ModelPrices.Price(prompt: prompt, completion: completion) == nil)
    }

    @Test("both counts are needed")
    func cost() throws {
        let price = try #require(ModelPrices.Price(prompt: "0.001", completion: "0.002"))
        let cost = { (usage: String) in
            price.cost(of: (try? JSONDocument(parsing: Array(usage.utf8)))?.root)
        }
        #expect(cost(#"{"prompt_tokens":2,"completion_tokens":3}"#) == 0.008)
        #expect(cost(#"{"prompt_tokens":2}"#) == nil)
        #expect(price.cost(of: nil) == nil)
    }
}
