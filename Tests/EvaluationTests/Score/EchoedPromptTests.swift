import API
import JSON
import Platform
import Testing

@testable import Evaluation

/// What is taken from a server that echoes, and what is not.
@Suite("Echoed prompts")
struct EchoedPromptTests {
    private static let text = "The sky is blue"
    private static let reply = EchoReply([("The", nil), (" sky", -2), (" is", -1), (" blue", -0.5), (".", -0.25)])

    private static func echo(_ reply: EchoReply, of text: String = text) throws -> EchoedPrompt {
        try EchoedPrompt(reply.chunk(), of: .text(Array(text.utf8)))
    }

    private static func names(_ echo: EchoedPrompt) -> [String] {
        echo.tokens.map { String(decoding: $0.text ?? [], as: UTF8.self) }
    }

    @Test("the prompt's tokens are kept, and the one after them is dropped, or none came")
    func usual() throws {
        var reply = Self.reply
        let echo = try Self.echo(reply)
        #expect(Self.names(echo) == ["The", " sky", " is", " blue"])
        #expect(echo.startToken == nil && !echo.isFirstScored)
        reply = EchoReply([("The", -3), (" sky", -2), (" is", -1), (" blue", -0.5)])
        reply.finishReason = "stop"
        #expect(try Self.echo(reply).isFirstScored)
        reply.usage = (4, 0)
        #expect(try Self.echo(reply).tokens.count == 4)
    }

    @Test(
        "a start token before the prompt is told apart, whether or not the text and the offsets have it",
        arguments: ["<s>", "<|begin_of_text|>", "[CLS]"])
    func start(name: String) throws {
        let tokens: [(String, Double?)] = [
            (name, nil), ("The", -3), (" sky", -2), (" is", -1), (" blue", -0.5), (".", -1),
        ]
        var reply = EchoReply(tokens)
        for hasName in [true, false] {
            reply.text = (hasName ? name : "") + Self.text + "."
            for offsets in [reply.offsets, [0, 0, 3, 7, 10, 15]] {
                reply.offsets = offsets
                reply.usage = (5, 1)
                let echo = try Self.echo(reply)
                #expect(echo.startToken == Array(name.utf8) && echo.isFirstScored)
                #expect(Self.names(echo) == ["The", " sky", " is", " blue"])
            }
        }
        // Counted, but not listed.
        var bare = Self.reply
        bare.usage = (5, 1)
        #expect(try Self.echo(bare).startToken == nil)
    }

    @Test("offsets may count characters, UTF-16 units or bytes of the text, or characters of names, from any number")
    func offsets() throws {
        // A character over three tokens, with names that are empty until the last, or say no more than that there is a part.
        let text = "é😀 x"
        let silent: [(String, Double?)] = [("é", nil), ("", -1), ("", -2), ("😀", -3), (" x", -1), ("y", -1)]
        let lossy: [(String, Double?)] = [
            ("é", nil), ("\u{FFFD}", -1), ("\u{FFFD}", -2), ("\u{FFFD}", -3), (" x", -1), ("y", -1),
        ]
        let characters = [0, 1, 1, 1, 2, 4]
        let units = [0, 1, 1, 1, 3, 5]
        let bytes = [0, 2, 2, 2, 6, 8]
        let named = [0, 1, 2, 3, 4, 6]
        let all: [([(String, Double?)], [Int])] =
            [characters, units, bytes].flatMap { [(silent, $0), (lossy, $0)] } + [(lossy, named)]
        for (tokens, offsets) in all {
            for origin in [0, 17, -3] {
                var reply = EchoReply(tokens, offsets: offsets.map { $0 + origin })
                reply.text = text + "y"
                let echo = try Self.echo(reply, of: text)
                #expect(echo.tokens.count == 5)
                #expect(echo.spans.map(\.bytes) == [0..<2, 2..<6, 6..<8])
            }
        }
        var wrong = EchoReply(lossy, offsets: [0, 1, 1, 1, 4, 6])
        wrong.text = text + "y"
        #expect(try Self.echo(wrong, of: text).tokens.count == 5, "names count here")
        wrong.offsets = [0, 1, 1, 1, 5, 6]
        #expect(throws: EchoProblem.offsets(token: 4)) { try Self.echo(wrong, of: text) }
    }

    @Test(
        "names may spell a token's bytes in another way",
        arguments: [
            ["\u{120}The", "\u{120}sky"], ["\u{2581}The", "\u{2581}sky"], ["bytes:\\x20The", "bytes: s\\x6by"],
            ["b'\\x20The'", " sky"],
        ])
    func spellings(names: [String]) throws {
        var reply = EchoReply([(names[0], nil), (names[1], -1), ("!", -1)], offsets: [0, 4, 8])
        reply.text = " The sky!"
        #expect(try Self.echo(reply, of: " The sky").tokens.count == 2)
        // At the beginning the blank is the tokenizer's own.
        reply.text = "The sky!"
        reply.offsets = [0, 3, 7]
        #expect(try Self.echo(reply, of: "The sky").tokens.count == 2)
    }

    /// A broken kind of server: what it sends, and what is said of it.
    static let brokenKinds: [(String, @Sendable (inout EchoReply) -> Void, EchoProblem)] = [
        ("echo ignored", { $0 = EchoReply([(".", -1)]) }, .echoIgnored),
        ("echo ignored, with several tokens", { $0 = EchoReply([("ok", -1), ("!", -1)]) }, .echoIgnored),
        ("a blank lost", { $0.text = "The sky isblue." }, .promptAltered(at: 10)),
        ("a system prompt before it", { $0.text = "Hi. " + $0.text }, .promptAltered(at: 0)),
        ("the first token missing", { $0 = $0.without(0) }, .tokenNotInText(token: 0, at: 0)),
        ("a token missing", { $0 = $0.without(2) }, .tokenNotInText(token: 2, at: 7)),
        ("the last token missing", { $0 = $0.without(3) }, .tokenNotInText(token: 3, at: 10)),
        ("tokens that end early", { $0 = $0.without(4).without(3) }, .textWithoutToken(at: 10)),
        ("a token twice", { $0 = $0.twice(1) }, .tokenNotInText(token: 2, at: 7)),
        ("a token in front", { $0 = $0.twice(0) }, .tokenNotInText(token: 1, at: 3)),
        ("tokens after it", { $0 = $0.twice(4) }, .tooManyTokens(2)),
        ("no log probabilities", { $0.substitute = .null }, .noLogprobs),
        ("true in place of them", { $0.substitute = .bool(true) }, .shape("not an object")),
        (
            "the chat shape", { $0.substitute = ["content": [["token": "The", "logprob": -1]]] },
            .shape("a list of content, as in chat completions")
        ),
        ("no tokens", { $0.tokens = nil }, .shape("no list of tokens")),
        ("no list", { $0.logprobs = nil }, .shape("no list of token_logprobs")),
        ("fewer log probabilities", { $0.logprobs?.removeLast() }, .counts(tokens: 5, logprobs: 4)),
        ("more log probabilities", { $0.logprobs?.append(-1) }, .counts(tokens: 5, logprobs: 6)),
        ("null in the midst", { $0.logprobs?[2] = nil }, .missingLogprob(token: 2)),
        ("a positive one", { $0.logprobs?[3] = 0.5 }, .positiveLogprob(token: 3)),
        ("no offsets", { $0.offsets = nil }, .noOffsets),
        ("few offsets", { $0.offsets?.removeLast() }, .noOffsets),
        ("an offset that is null", { $0.offsets?[1] = nil }, .noOffsets),
        ("all offsets alike", { $0.offsets = Array(repeating: 15, count: 5) }, .offsets(token: 1)),
        ("offsets of the token before", { $0.offsets = [0, 0, 3, 7, 10] }, .offsets(token: 1)),
        ("offsets without blanks", { $0.offsets = [0, 3, 6, 8, 12] }, .offsets(token: 2)),
        ("two choices", { $0.choiceCount = 2 }, .choices(2)),
        ("as many tokens as were generated", { $0.usage = (4, 5) }, .echoIgnored),
    ]

    @Test("a broken server is recognized, and nothing is taken from it", arguments: brokenKinds.indices)
    func broken(index: Int) throws {
        let (name, spoil, problem) = Self.brokenKinds[index]
        var reply = Self.reply
        spoil(&reply)
        #expect(throws: problem, "\(name)") { try Self.echo(reply) }
        #expect(!problem.message.isEmpty && problem.advice == nil)
    }

    @Test("a start token before a prompt that begins with it, and two of them, are refused")
    func doubled() throws {
        let problem = EchoProblem.doubledStart(Array("<s>".utf8))
        let tokens: [(String, Double?)] = [("<s>", nil), ("<s>", -9), ("The", -3), (" sky", -2), (".", -1)]
        for (sent, name) in [("<s>The sky", ""), ("<s>The sky", "<s>"), ("The sky", ""), ("The sky", "<s><s>")] {
            var reply = EchoReply(tokens, offsets: sent.hasPrefix("<") ? [0, 0, 3, 6, 10] : [0, 0, 0, 3, 7])
            reply.text = name + sent + "."
            #expect(throws: problem, "\(sent) \(name)") { try Self.echo(reply, of: sent) }
        }
        // Once, it is the prompt's own.
        #expect(try Self.echo(EchoReply(Array(tokens.dropFirst())), of: "<s>The sky").startToken == nil)
        // A token that is no start token is none for want of a log probability.
        let other = EchoReply([("Oh", nil), ("The", -3), (" sky", -2), (".", -1)], offsets: [0, 0, 3, 7])
        var reply = other
        reply.text = "The sky."
        #expect(throws: EchoProblem.tokenNotInText(token: 0, at: 0)) { try Self.echo(reply, of: "The sky") }
    }

    @Test("of a text that ends within a character, something else must tell where the tokens end")
    func end() throws {
        var reply = EchoReply([("a", nil), ("\u{FFFD}", -1), ("\u{FFFD}", -1)], offsets: [0, 1, 1])
        reply.text = "aé"
        reply.finishReason = "stop"
        #expect(throws: EchoProblem.ambiguousEnd) { try Self.echo(reply, of: "aé") }
        reply.usage = (3, 0)
        #expect(try Self.echo(reply, of: "aé").tokens.count == 3)
        // The last one is where the completion begins.
        reply = EchoReply([("a", nil), ("\u{FFFD}", -1), ("\u{FFFD}", -1), ("\u{FFFD}", -1)], offsets: [0, 1, 1, 2])
        reply.text = "aé\u{FFFD}"
        reply.usage = (3, 1)
        #expect(try Self.echo(reply, of: "aé").tokens.count == 3)
        #expect(try Self.echo(reply, of: "aé").spans.last?.tokens == 1..<3)
    }

    @Test("token IDs are counted, with and without usage, and compared where the server names them")
    func tokenIDs() throws {
        let input = ScoreInput.tokens([5, 6, 7])
        var reply = EchoReply([("a", nil), ("b", -1), ("c", -2), ("d", -3)])
        reply.offsets = nil
        #expect(try EchoedPrompt(reply.chunk(), of: input).tokens.count == 3)
        reply.usage = (3, 1)
        #expect(try EchoedPrompt(reply.chunk(), of: input).text == Array("abc".utf8))
        reply.tokens = ["token_id:5", "token_id:6", "token_id:7", "token_id:9"]
        #expect(try EchoedPrompt(reply.chunk(), of: input).tokens.count == 3)
        reply.tokens = ["token_id:5", "token_id:8", "token_id:7", "token_id:9"]
        #expect(throws: EchoProblem.otherToken(token: 1)) { try EchoedPrompt(reply.chunk(), of: input) }
        reply = EchoReply([("a", nil), ("b", -1), ("c", -2)])
        #expect(throws: EchoProblem.tokenCount(sent: 3, received: 2)) { try EchoedPrompt(reply.chunk(), of: input) }
        reply.finishReason = "stop"
        #expect(try EchoedPrompt(reply.chunk(), of: input).tokens.count == 3)
        reply = EchoReply([("<s>", nil), ("a", -1), ("b", -1), ("c", -2), ("d", -3)])
        #expect(throws: EchoProblem.tokenCount(sent: 3, received: 4)) { try EchoedPrompt(reply.chunk(), of: input) }
        reply.usage = (4, 1)
        #expect(throws: EchoProblem.tokenCount(sent: 3, received: 4)) { try EchoedPrompt(reply.chunk(), of: input) }
        #expect(throws: EchoProblem.echoIgnored) { try EchoedPrompt(EchoReply([("d", -3)]).chunk(), of: input) }
    }

    @Test("tokens of a long text are laid on it in time that grows with its length alone")
    func long() throws {
        let tokens = [("a", nil)] + Array(repeating: ("é x", -1.0 as Double?), count: 20_000) + [("!", -1.0)]
        let text = String(tokens.dropLast().map(\.0).joined())
        #expect(try Self.echo(EchoReply(tokens), of: text).tokens.count == 20_001)
    }
}

extension EchoReply {
    /// The same without a token.
    fileprivate func without(_ index: Int) -> EchoReply {
        var reply = self
        reply.tokens?.remove(at: index)
        reply.logprobs?.remove(at: index)
        reply.offsets?.remove(at: index)
        return reply
    }

    /// The same with a token twice.
    fileprivate func twice(_ index: Int) -> EchoReply {
        var reply = self
        reply.tokens?.insert(tokens?[index] ?? "", at: index)
        reply.logprobs?.insert(-1, at: index)
        reply.offsets?.insert(offsets?[index] ?? 0, at: index)
        return reply
    }
}
