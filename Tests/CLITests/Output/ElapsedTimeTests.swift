import Testing

@testable import CLI

@Suite("Times as people say them")
struct ElapsedTimeTests {
    @Test(
        "one unit below a minute, two from there",
        arguments: [
            (0, "0 s"), (0.0001, "0.1 ms"), (0.00094, "0.9 ms"), (0.001, "1 ms"), (0.0072, "7 ms"), (0.9994, "999 ms"),
            (0.9996, "1.00 s"), (1, "1 s"), (1.254, "1.25 s"), (12, "12 s"), (12.54, "12.5 s"), (59.97, "1m"),
            (60, "1m"), (125, "2m 5s"), (3600, "1h"), (3661, "1h 1m"), (86_194, "23h 56m"), (86_400, "1d"),
            (90_000, "1d 1h"), (-1, "0 s"), (.infinity, "0 s"), (.nan, "0 s"),
        ] as [(Double, String)])
    func text(seconds: Double, text: String) {
        #expect(ElapsedTime.text(seconds) == text)
    }
}
