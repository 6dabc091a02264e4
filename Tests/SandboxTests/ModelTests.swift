import Foundation
import Testing

@testable import Sandbox

@Suite("Language model")
struct ModelTests {
    static let model = LanguageModel(corpus: PackageResources.Corpus_txt)

    @Test func anyBytesComeBack() {
        var generator = SeededGenerator(seed: 1)
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let tokens = Self.model.tokenizer.encode(bytes)
            #expect(Self.model.tokenizer.decode(tokens) == bytes)
        }
        for text in ["", " ", "\n\n", "It was a dark", "夜 👨‍👩‍👧 é", "a\r\nb\t c", "  two  spaces  "] {
            #expect(Self.model.tokenizer.decode(Self.model.tokenizer.encode(Array(text.utf8))) == Array(text.utf8))
        }
    }

    @Test func commonWordsAreOneToken() {
        #expect(Self.model.tokenizer.encode(Array("It was a dark and stormy night".utf8)).count == 7)
    }

    @Test func charactersItDoesNotKnowSplitIntoBytes() {
        #expect(Self.model.tokenizer.encode(Array("𝄞".utf8)) == [0xF0, 0x9D, 0x84, 0x9E])
    }

    @Test(arguments: ["", "It was a", "It was a dark and", "zzz", "夜", "Once upon a time there was"])
    func probabilitiesSumToOne(context: String) {
        let distribution = Self.model.distribution(after: Self.model.tokenizer.encode(Array(context.utf8)))
        #expect(abs(distribution.reduce(0, +) - 1) < 1e-9)
        #expect(distribution.allSatisfy { $0 > 0 })
        #expect(distribution.count == Self.model.vocabularySize)
    }

    @Test func itHasLearnedItsText() throws {
        let context = Self.model.tokenizer.encode(Array("It was a dark and".utf8))
        let distribution = Self.model.distribution(after: context)
        let likeliest = try #require(distribution.indices.max { distribution[$0] < distribution[$1] })
        #expect(Self.model.tokenizer.pieces[likeliest] == Array(" stormy".utf8))
    }

    @Test func anotherTextIsAnotherModel() {
        let other = LanguageModel(corpus: Array("red blue red blue red blue\n".utf8))
        #expect(other.fingerprint != Self.model.fingerprint)
        let distribution = other.distribution(after: other.tokenizer.encode(Array("red".utf8)))
        let blue = other.tokenizer.encode(Array(" blue".utf8))
        #expect(blue.count == 1 && distribution[blue[0]] == distribution.max())
    }

    @Test func trainingFitsIntoAStart() {
        // Not a matter of time but of size: a start trains on this much and no more.
        #expect(PackageResources.Corpus_txt.count < 100_000)
        #expect(PackageResources.Corpus_txt.split(separator: UInt8(ascii: "\n")).count > 200)
    }

    @Test func textIsHeldBackWhileItMayBeginAStop() {
        var assembler = TextAssembler(stops: [Array("the end".utf8)])
        #expect(assembler.add(Array("at th".utf8)) == Array("at ".utf8))
        #expect(assembler.add(Array("e e".utf8)) == [])
        #expect(assembler.add(Array("gg the".utf8)) == Array("the egg ".utf8))
        #expect(assembler.add(Array(" end and more".utf8)) == [])
        #expect(assembler.isStopped && assembler.finish() == [])
    }

    @Test func charactersAreNotSplit() {
        var assembler = TextAssembler(stops: [])
        #expect(assembler.add([0xE5, 0xA4]) == [])
        #expect(assembler.add([0x9C, 0xF0]) == Array("夜".utf8))
        #expect(assembler.finish() == Array("\u{FFFD}".utf8))
    }
}
