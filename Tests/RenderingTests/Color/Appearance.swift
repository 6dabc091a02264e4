import Foundation

@testable import Rendering

/// How a color looks.
struct Appearance {
    /// Linear light, 0 to 1.
    private let linear: [Double]

    init(_ color: RGB) {
        linear = [color.red, color.green, color.blue].map {
            let value = Double($0) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }

    private init(linear: [Double]) {
        self.linear = linear.map { min(1, max(0, $0)) }
    }

    /// As seen without one of the three kinds of cones (Machado, Oliveira and Fernandes, 2009, severity 1).
    func seen(by matrix: [[Double]]) -> Appearance {
        Appearance(linear: Self.product(matrix, linear))
    }

    /// Ottosson's OKLab, 2020: lightness, green to red, blue to yellow.
    var oklab: [Double] {
        let cones = Self.product(
            [
                [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ], linear
        ).map { cbrt($0) }
        return Self.product(
            [
                [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ], cones)
    }

    /// How different two colors look.
    func distance(to other: Appearance) -> Double {
        zip(oklab, other.oklab).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    /// The contrast of WCAG 2, from 1 to 21.
    func contrast(with other: Appearance) -> Double {
        let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
        return (high + 0.05) / (low + 0.05)
    }

    private var luminance: Double { 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] }

    private static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { zip($0, vector).map { $0 * $1 }.reduce(0, +) }
    }

    /// Without cones for long, middle and short waves.
    static let colorBlindness = [
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]
}
