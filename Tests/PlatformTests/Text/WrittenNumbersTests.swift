import Platform
import Testing

@Suite("Numbers written as bytes")
struct WrittenNumbersTests {
    @Test(
        "whole numbers",
        arguments: [0, 7, 10, 99, 100, -1, -1234, 1_000_000_007, .max, .min, 999_999_999_999_999_999])
    func decimal(number: Int) {
        var bytes = Array("x".utf8)
        bytes.append(decimal: number)
        #expect(bytes.elementsEqual("x\(number)".utf8))
    }

    @Test("zeros before a number up to a width", arguments: [(5, 3, "005"), (0, 2, "00"), (1234, 2, "1234")])
    func width(number: Int, width: Int, expected: String) {
        var bytes: [UInt8] = []
        bytes.append(decimal: number, width: width)
        #expect(bytes.elementsEqual(expected.utf8))
    }

    @Test(
        "hexadecimal numbers",
        arguments: [
            (0, 1, "0"), (0, 2, "00"), (0x1B, 2, "1b"), (0x202E, 1, "202e"), (0x10FFFF, 1, "10ffff"), (9, 4, "0009"),
        ])
    func hexadecimal(number: UInt32, width: Int, expected: String) {
        var bytes: [UInt8] = []
        bytes.append(hexadecimal: number, width: width)
        #expect(bytes.elementsEqual(expected.utf8))
    }
}
