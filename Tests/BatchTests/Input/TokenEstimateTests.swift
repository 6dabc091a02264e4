import Testing

@testable import Batch
@testable import Sandbox

/// Texts of one kind.
struct PromptSample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let texts: [String]

    static let all = [english, short, code, japanese]

    static let english = PromptSample(
        testDescription: "English",
        texts: [
            """
            The government announced on Monday that it would invest another three billion dollars in railways over the next \
            decade. Critics said that the plan does not go far enough, since many bridges were built a century ago.
            """,
            """
            I bought this lamp two months ago and I am happy with it. It is light, quiet and easy to clean. The only thing I \
            do not like is the price of the spare parts. Say in one sentence whether this review is positive or negative.
            """,
            """
            Question: Why is the sky blue? Answer: Sunlight is scattered by the molecules of the air, and blue light is \
            scattered more than red light because its wavelength is shorter. Question: Why are sunsets red? Answer:
            """,
            """
            Photosynthesis is the process by which green plants convert light into chemical energy. Water and carbon dioxide \
            become glucose and oxygen, and the leaves look green because they absorb mostly red and blue light.
            """,
        ])

    static let short = PromptSample(
        testDescription: "short prompts",
        texts: [
            "Once upon a time", "What is the capital of France?", "Translate to German: good morning",
            "Write a poem about the sea.",
        ])

    static let code = PromptSample(
        testDescription: "code",
        texts: [
            """
            def fibonacci(n):
                numbers = []
                a, b = 0, 1
                for _ in range(n):
                    numbers.append(a)
                    a, b = b, a + b
                return numbers
            """,
            """
            app.get("/users/:id", async (req, res) => {
              const user = await db.query("SELECT * FROM users WHERE id = $1", [req.params.id]);
              if (!user) {
                return res.status(404).json({ error: "not found" });
              }
              res.json(user);
            });
            """,
            """
            struct Stack<Element> {
                private var items: [Element] = []
                var isEmpty: Bool { items.isEmpty }
                mutating func push(_ item: Element) { items.append(item) }
                mutating func pop() -> Element? { items.popLast() }
            }
            """,
            """
            static int compare(const void *a, const void *b)
            {
                const int x = *(const int *)a, y = *(const int *)b;
                return (x > y) - (x < y);
            }
            """,
        ])

    static let japanese = PromptSample(
        testDescription: "Japanese",
        texts: [
            "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。", "次の文章を英語に翻訳してください。東京は日本の首都です。",
            "何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。", "春はあけぼの。やうやう白くなりゆく山ぎは、すこしあかりて。",
        ])
}

@Suite("An estimate of tokens")
struct TokenEstimateTests {
    static let tokenizer = Tokenizer(corpus: PackageResources.Corpus_txt)

    private func count(_ text: String) -> Int { Self.tokenizer.encode(Array(text.utf8)).count }

    private func size(_ text: String) -> PromptSize { PromptSize(text: Array(text.utf8)) }

    @Test("is within a fifth of the sandbox's count", arguments: PromptSample.all)
    func uncorrected(sample: PromptSample) {
        var whole = PromptSize()
        for text in sample.texts { whole.add(size(text)) }
        let actual = Double(sample.texts.reduce(0) { $0 + count($1) })
        #expect(abs(Double(TokenEstimate().tokens(of: whole)) / actual - 1) < 0.2)
    }

    @Test("is within a twentieth after a hundred responses", arguments: PromptSample.all)
    func corrected(sample: PromptSample) {
        var estimate = TokenEstimate()
        func text(_ i: Int) -> String {
            let texts = sample.texts
            return texts[i % 4] + "\n" + texts[i / 4 % 4] + " \(i) " + texts[i / 16 % 4]
        }
        for i in 0..<100 { estimate.correct(size(text(i)), promptTokens: count(text(i))) }
        var (estimated, actual) = (0, 0)
        for i in 100..<200 {
            estimated += estimate.tokens(of: size(text(i)))
            actual += count(text(i))
        }
        #expect(abs(Double(estimated) / Double(actual) - 1) < 0.05)
    }

    @Test("of one kind of text is not led astray by responses to another")
    func kinds() {
        var estimate = TokenEstimate()
        let (english, japanese) = (PromptSample.english.texts[0], PromptSample.japanese.texts[0])
        let before = estimate.tokens(of: size(japanese))
        // A server that counts half as many tokens of English.
        for _ in 0..<200 { estimate.correct(size(english), promptTokens: count(english) / 2) }
        #expect(abs(Double(estimate.tokens(of: size(english))) / Double(count(english) / 2) - 1) < 0.05)
        #expect(abs(Double(estimate.tokens(of: size(japanese))) / Double(before) - 1) < 0.1)
    }

    @Test("is right for a mixture after responses to mixed prompts")
    func mixture() {
        var estimate = TokenEstimate()
        for i in 0..<100 {
            let text = PromptSample.english.texts[i % 4] + PromptSample.japanese.texts[i / 4 % 4]
            // A server with a large vocabulary for both.
            let tokens =
                count(PromptSample.english.texts[i % 4]) / 2 + count(PromptSample.japanese.texts[i / 4 % 4]) / 3
            estimate.correct(size(text), promptTokens: tokens)
        }
        let text = PromptSample.english.texts[0] + PromptSample.japanese.texts[0]
        let tokens = count(PromptSample.english.texts[0]) / 2 + count(PromptSample.japanese.texts[0]) / 3
        #expect(abs(Double(estimate.tokens(of: size(text))) / Double(tokens) - 1) < 0.2)
    }

    @Test("takes token IDs as they are, and at least one token for any text")
    func exact() throws {
        let row = try Parsed.record(#"{"prompt":[[1,2,3],[4,5]]}"#).get()
        var estimate = TokenEstimate()
        #expect(estimate.tokens(of: row.promptSize) == 5)
        #expect(estimate.tokens(of: PromptSize()) == 0)
        #expect(estimate.tokens(of: size("")) == 0)
        #expect(estimate.tokens(of: size(" ")) == 1)
        // What no server says is not learned from.
        estimate.correct(size("a word"), promptTokens: 0)
        estimate.correct(size("a word"), promptTokens: -5)
        #expect(estimate.tokens(of: size("a word")) == TokenEstimate().tokens(of: size("a word")))
    }

    @Test("stays positive, whatever a server says")
    func nonsense() {
        var estimate = TokenEstimate()
        estimate.correct(size("night"), promptTokens: .max)
        estimate.correct(size("夜"), promptTokens: 1)
        estimate.correct(size("夜 night"), promptTokens: 1)
        for text in ["night", "夜", "夜 night"] { #expect(estimate.tokens(of: size(text)) >= 1) }
    }
}
