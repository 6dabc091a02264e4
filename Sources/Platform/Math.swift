#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Double {
    /// e to the power of `exponent`.
    public static func exp(_ exponent: Double) -> Double { cExp(exponent) }

    /// 2 to the power of `exponent`.
    public static func exp2(_ exponent: Double) -> Double { cExp2(exponent) }

    /// The natural logarithm.
    public static func log(_ number: Double) -> Double { cLog(number) }

    /// The logarithm to base 2.
    public static func log2(_ number: Double) -> Double { cLog2(number) }
}

// Inside the extension the functions' names would be its own.
private func cExp(_ exponent: Double) -> Double { exp(exponent) }
private func cExp2(_ exponent: Double) -> Double { exp2(exponent) }
private func cLog(_ number: Double) -> Double { log(number) }
private func cLog2(_ number: Double) -> Double { log2(number) }
