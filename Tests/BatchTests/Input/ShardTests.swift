import Platform
import Testing

@testable import Batch

@Suite("A shard")
struct ShardTests {
    @Test("takes every N-th row; all shards together take each row once", arguments: [1, 2, 3, 7])
    func union(count: Int) {
        for row in 1...100 {
            let owners = (1...count).filter { Shard(number: $0, count: count).contains(row) }
            #expect(owners == [(row - 1) % count + 1])
        }
    }

    @Test(
        "fills number and count into a path, with the same number of digits",
        arguments: [
            (1, 32, "part-{shard}.jsonl", "part-01.jsonl"), (32, 32, "part-{shard}.jsonl", "part-32.jsonl"),
            (3, 9, "{shard}-of-{shards}", "3-of-9"), (7, 1000, "{shard}{shard}/{shards}", "00070007/1000"),
            (1, 2, "{shard", "{shard"), (1, 2, "{Shard}{}{shards}", "{Shard}{}2"), (1, 1, "", ""),
        ])
    func fill(number: Int, count: Int, path: String, filled: String) {
        #expect(Shard(number: number, count: count).fill(Array(path.utf8)).text == filled)
        #expect(Shard.hasPlaceholder(Array(path.utf8)) == (path != filled))
    }

    @Test(
        "is given as I/N, auto or auto/N",
        arguments: [
            ("1/3", .given(Shard(number: 1, count: 3))), ("3/3", .given(Shard(number: 3, count: 3))),
            ("02/10", .given(Shard(number: 2, count: 10))), ("auto", .auto(of: nil)), ("auto/32", .auto(of: 32)),
        ] as [(String, ShardChoice)])
    func choices(text: String, choice: ShardChoice) throws {
        #expect(try ShardChoice(parsing: Array(text.utf8)) == choice)
    }

    @Test(
        "is given in no other way",
        arguments: [
            "", "0/3", "4/3", "1", "1/", "/3", "1/0", "0/0", "-1/3", "+1/3", "1/3/5", " 1/3", "auto/", "auto/0",
            "auto/x",
            "Auto", "1/99999999999999999999",
        ])
    func refused(text: String) {
        #expect(throws: ShardError.self) { try ShardChoice(parsing: Array(text.utf8)) }
    }
}
