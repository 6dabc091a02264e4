import Testing

@testable import Batch

@Suite("Latencies")
struct LatencyHistogramTests {
    @Test("shares of what was counted are known within 3 %")
    func quantiles() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == nil)
        for milliseconds in 1...1000 { histogram.add(seconds: Double(milliseconds) / 1000) }
        for (share, seconds) in [(0.001, 0.001), (0.5, 0.5), (0.9, 0.9), (0.99, 0.99), (1, 1)] {
            let found = histogram.quantile(share) ?? 0
            #expect(abs(found / seconds - 1) < 0.03, "\(share): \(found)")
        }
    }

    @Test("times beyond the ends count at the ends")
    func ends() {
        var histogram = LatencyHistogram()
        histogram.add(seconds: 0)
        histogram.add(seconds: 1e9)
        #expect(histogram.quantile(0.5).map { $0 <= 1.1e-6 } == true)
        #expect(histogram.quantile(1).map { $0 > 1e5 } == true)
    }
}
