import Testing

@testable import Rendering

@Suite("Decimal numbers")
struct DecimalTests {
    @Test(
        "a number is rounded to its places, halves away from zero",
        arguments: [
            (-3.3912997245788574, 4, "-3.3913"), (0, 4, "0.0000"), (1.25, 1, "1.3"), (-1.25, 1, "-1.3"), (2.5, 0, "3"),
            (0.0625, 3, "0.063"), (9.99999, 4, "10.0000"), (0.05, 2, "0.05"), (-9999, 2, "-9999.00"),
            (123456789.125, 2, "123456789.13"), (1e11, 4, "100000000000.0000"),
        ] as [(Double, Int, String)])
    func rounding(value: Double, places: Int, expected: String) {
        #expect(Decimal.format(value, places: places) == expected)
    }

    @Test("zero has no sign, also when it was a small negative number", arguments: [-0.0, -0.00001, -1e-300, 0.00004])
    func zero(value: Double) {
        #expect(Decimal.format(value, places: 4) == "0.0000")
    }

    @Test("what has no such form is spelled by its own")
    func beyond() {
        #expect(Decimal.format(-.infinity, places: 4) == "-inf" && Decimal.format(.nan, places: 4) == "nan")
        #expect(Decimal.format(1e300, places: 4) == "1e+300")
    }

    @Test(
        "a log probability is a percentage, and a small one never looks like none",
        arguments: [
            (0, "100.00%"), (-0.0, "100.00%"), (-0.6931471805599453, "50.00%"), (-3.3912997245788574, "3.37%"),
            (-0.35325625538825989, "70.24%"), (-9.2, "0.01%"), (-9.9, "0.01%"), (-9.91, "<0.01%"), (-20, "<0.01%"),
            (-9999, "<0.01%"), (-.infinity, "0.00%"),
        ] as [(Double, String)])
    func percent(logprob: Double, expected: String) {
        #expect(Decimal.percent(logprob) == expected)
    }
}
