import JSON
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
    @Test(
        "the digits stay as they were written",
        arguments: [
            "1.50", "-0", "-0.0", "0.10", "1E5", "1e+05", "4.673e-05", "9007199254740993", "-9223372036854775809",
            "123456789012345678901234567890.123456789", "1e999", "1e-999",
        ])
    func digits(spelling: String) throws {
        let value = try JSONView.of("[\(spelling)]").elements.map { $0 }[0]
        #expect(value.source.text == spelling && value.number?.digits == spelling)
        #expect(JSONValue(value).jsonBytes.text == spelling)
    }

    @Test(
        "a whole number is an integer however it is spelled, if it fits",
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("1.0", 1), ("1e3", 1000), ("1.5e1", 15), ("-2.50E+1", -25),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9007199254740993", 9_007_199_254_740_993),
            ("9007199254740993.0", 9_007_199_254_740_993), ("0.5e1", 5), ("0.0", 0), ("-0e99", 0),
            ("1e18", 1_000_000_000_000_000_000),
            ("100e-2", 1), ("0e99999999999999999999", 0), ("0.0000000000000000001e25", 1_000_000),
            ("1e99999999999999999999", nil), ("1e-9223372036854775808", nil), ("1.00000000000000000000001", nil),
            ("105e-2", nil), ("1.5", nil), ("1e-1", nil), ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("123456789012345678901234567890", nil), ("1e19", nil), ("1e999", nil),
        ] as [(String, Int?)])
    func integers(spelling: String, integer: Int?) throws {
        #expect(try JSONView.of(spelling).integer == integer)
    }

    @Test(
        "every number is a double, the nearest one",
        arguments: [
            ("0.1", 0.1), ("4.673e-05", 4.673e-05), ("-3.3912997245788574", -3.3912997245788574), ("1e22", 1e22),
            ("123456789012345678901234567890", 1.2345678901234568e29), ("9007199254740993", 9_007_199_254_740_992),
            ("1e999", .infinity), ("-1e999", -.infinity), ("1e-999", 0), ("5e-324", .leastNonzeroMagnitude),
        ])
    func doubles(spelling: String, double: Double) throws {
        #expect(try JSONView.of(spelling).double == double)
    }

    @Test("minus zero keeps its sign")
    func minusZero() throws {
        #expect(try JSONView.of("-0.0").double?.sign == .minus)
        #expect(try JSONView.of("-0").double?.sign == .minus)
    }

    @Test("numbers of few and of many digits are the nearest Double, halves to even", arguments: [1, 2, 3] as [UInt64])
    func nearest(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for _ in 0..<2000 {
            let digits = String(
                UInt64.random(in: 0 ... .max, using: &generator) >> UInt64.random(in: 0...63, using: &generator))
            let places = Int.random(in: 0...20, using: &generator)
            let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
            let fraction = padded.suffix(places)
            let spelling = "-" + padded.dropLast(places) + (places > 0 ? "." + fraction : "")
            #expect(try JSONView.of(spelling).double == Double(spelling), "\(spelling)")
        }
        // Halfway between two Doubles, and a little beside.
        for spelling in [
            "9007199254740993", "9007199254740993.1", "9007199254740995", "4503599627370496.5", "0.5000000000000000001",
        ] {
            #expect(try JSONView.of(spelling).double == Double(spelling), "\(spelling)")
        }
    }
}
