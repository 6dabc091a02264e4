import API
import JSON
import Platform

/// What tokens cost at one server, as its public catalog last had it.
struct ModelPrices {
    /// US dollars for one token.
    struct Price: Equatable {
        /// Of the prompt.
        let prompt: Double
        /// Of the completion.
        let completion: Double

        /// - Parameters: as a catalog spells them; nil when they are no prices of single tokens.
        init?(prompt: String, completion: String) {
            guard let prompt = Double(prompt), let completion = Double(completion),
                (0...Self.highest).contains(prompt), (0...Self.highest).contains(completion)
            else { return nil }
            (self.prompt, self.completion) = (prompt, completion)
        }

        /// More is the price of many tokens.
        private static let highest = 0.01

        /// What the tokens of a `usage` cost; nil when it does not count them.
        func cost(of usage: JSONView?) -> Double? {
            guard let ofPrompt = usage?["prompt_tokens"]?.double,
                let ofCompletion = usage?["completion_tokens"]?.double,
                ofPrompt >= 0, ofCompletion >= 0
            else { return nil }
            return ofPrompt * prompt + ofCompletion * completion
        }
    }

    /// What the documents say of the file.
    static let term = (
        term: "~/.cache/cerebras/prices",
        meaning: "The prices that models --public last listed, for the cost that --usage shows."
    )

    private static let name = "prices"
    private let bytes: [UInt8]

    /// Those of a catalog.
    init(_ models: [ModelInfo], _ server: BaseURL) {
        let lines = models.compactMap { model -> String? in
            guard let prompt = model.promptPrice, let completion = model.completionPrice,
                Price(prompt: prompt, completion: completion) != nil,
                !model.id.utf8.contains(where: { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\n") })
            else { return nil }
            return "\(model.id)\t\(prompt)\t\(completion)\n"
        }
        bytes = Array("\(server.text)\n\(lines.joined())".utf8)
    }

    /// Puts them in the cache, for the next command's sake alone: what goes wrong is passed over.
    ///
    /// - Returns: why they could not be kept, or not in the usual way; nil when there is nothing to say.
    func write(_ context: ProcessContext) -> Message? {
        do throws(Failure) {
            return try CacheFile.write(bytes, to: Self.name, "price cache", context)
        } catch {
            return error.message
        }
    }

    /// The price of a model's tokens; nil when the cache has none of that server's.
    static func price(of model: [UInt8], at server: BaseURL, _ context: ProcessContext) -> Price? {
        guard let bytes = CacheFile.read(name, "price cache", context) else { return nil }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard let first = lines.first, first.elementsEqual(server.text.utf8) else { return nil }
        for line in lines.dropFirst() {
            let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            guard cells.count == 3, cells[0].elementsEqual(model) else { continue }
            return Price(
                prompt: String(decoding: cells[1], as: UTF8.self), completion: String(decoding: cells[2], as: UTF8.self)
            )
        }
        return nil
    }
}
