import Platform
import Testing

@testable import Flags

@Suite("Kinds of values")
struct ValueTests {
    private func read<Parsed>(_ value: Value<Parsed>, _ text: String) -> Parsed? {
        try? value.parse(Array(text.utf8))
    }

    @Test(
        "whole numbers",
        arguments: [
            ("0", 0), ("-5", -5), ("+5", 5), ("007", 7), ("9223372036854775807", .max), ("", nil), ("1.0", nil),
            ("1e3", nil), ("0x1", nil), (" 1", nil), ("1 ", nil), ("1_000", nil), ("１", nil), ("-", nil),
            ("9223372036854775808", nil),
        ] as [(String, Int?)])
    func integers(text: String, value: Int?) {
        #expect(read(.integer(), text) == value)
    }

    @Test(
        "sizes",
        arguments: [
            ("1", 1), ("500000", 500_000), ("64K", 65_536), ("64k", 65_536), ("16MiB", 16 << 20), ("2g", 2 << 30),
            ("8589934591G", 8_589_934_591 << 30), ("8589934592G", nil), ("0", nil), ("0K", nil), ("", nil), ("K", nil),
            ("1.5G", nil), ("-1", nil), ("1 K", nil), ("1KB", nil), ("1T", nil), ("9223372036854775808", nil),
        ] as [(String, Int?)])
    func sizes(text: String, bytes: Int?) {
        #expect(read(.size, text)?.bytes == bytes)
    }

    @Test("a size is shown in the largest unit in which it is a whole number")
    func shownSizes() {
        let sizes = [1, 1000, 1024, 1536 << 10, 256 << 20, 1 << 30].map(ByteCount.init)
        #expect(sizes.map(\.description) == ["1 byte", "1000 bytes", "1 KiB", "1536 KiB", "256 MiB", "1 GiB"])
        #expect(sizes.map(\.argument) == ["1", "1000", "1K", "1536K", "256M", "1G"])
    }

    @Test("the limits of a range belong to it")
    func ranges() {
        #expect(read(.integer(in: 0...20), "0") == 0 && read(.integer(in: 0...20), "20") == 20)
        #expect(read(.integer(in: 0...20), "-1") == nil && read(.integer(in: 0...20), "21") == nil)
        #expect(read(.number(in: -2...2), "-2") == -2 && read(.number(in: -2...2), "2.0") == 2)
        #expect(read(.number(in: -2...2), "-2.0001") == nil && read(.number(in: -2...2), "2.0001") == nil)
    }

    @Test(
        "decimal numbers",
        arguments: [
            ("0", 0), ("0.5", 0.5), (".5", 0.5), ("1e-1", 0.1), ("+1", 1), ("1E0", 1), ("", nil), ("nan", nil),
            ("inf", nil), ("infinity", nil), ("0x1p-1", nil), ("1,5", nil), ("1e999", nil), (" 1", nil), ("1f", nil),
            ("e", nil), ("1-1", nil), ("½", nil),
        ] as [(String, Double?)])
    func numbers(text: String, value: Double?) {
        #expect(read(.number(in: 0...2), text) == value)
    }

    @Test(
        "durations, with a unit or in seconds",
        arguments: [
            ("30", .seconds(30)), ("1.5", .milliseconds(1500)), ("1.5s", .milliseconds(1500)),
            (".5s", .milliseconds(500)),
            ("250ms", .milliseconds(250)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
            ("1000h", .seconds(3_600_000)),
            ("700ms", .milliseconds(700)), ("0.07", .milliseconds(70)), ("1.0001s", .milliseconds(1001)),
            ("0.0001", .milliseconds(1)), ("0.0000000000001", .milliseconds(1)),
            ("0", nil), ("0ms", nil), ("-1", nil), ("", nil), ("s", nil), (".", nil),
            ("1e3", nil), ("1.2.3", nil), ("1 s", nil), ("1S", nil), ("1d", nil), ("1001h", nil), ("inf", nil),
            ("1ss", nil),
        ] as [(String, Duration?)])
    func durations(text: String, value: Duration?) {
        #expect(read(.duration, text) == value)
    }

    @Test("a choice is one of its names, byte for byte")
    func choices() {
        let value = Value.choice(of: ["text", "json", "é"], name: "FORMAT")
        #expect(read(value, "json") == "json" && read(value, "é") == "é")
        for text in ["JSON", "jso", "jsonl", "", "e\u{301}"] { #expect(read(value, text) == nil) }
        let error = #expect(throws: BadValue.self) { try value.parse(Array("xml".utf8)) }
        #expect(error?.problem == "'xml' is not one of text, json, é")
    }

    @Test("text is UTF-8 and taken as it is; a file name is any bytes but none")
    func textAndFiles() {
        #expect(read(.text(name: "T"), " a\n ").map { $0 == Array(" a\n ".utf8) } == true)
        #expect(read(.text(name: "T"), "") == nil)
        #expect(read(.text(name: "T", isEmptyAllowed: true), "") == [])
        #expect((try? Value.text(name: "T").parse([0xFF])) == nil)
        #expect((try? Value.file.parse([0xFF])) == [0xFF])
        #expect(read(.file, "") == nil)
    }

    @Test("a requirement is what the documents say in brackets")
    func requirements() {
        #expect(Value.integer().syntax.requirement.isEmpty)
        #expect(Value.integer(in: 0...20).syntax.requirement == "range: 0..20")
        #expect(Value.integer(in: 1 ... .max).syntax.requirement == "at least 1")
        #expect(Value.integer(in: .min ... -1).syntax.requirement == "at most -1")
        #expect(Value.number(in: 0...1.5).syntax.requirement == "range: 0..1.5")
    }
}
