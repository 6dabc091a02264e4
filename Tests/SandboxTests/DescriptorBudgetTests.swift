import Testing

@testable import Sandbox

@Suite("Descriptor budget")
struct DescriptorBudgetTests {
    @Test("What connections hold and have yet to open is left out of what may be taken")
    func promises() {
        var full = DescriptorBudget(limit: 100) { 10 }
        let hasRoomForPromised = full.hasRoom(promised: 72)
        #expect(!hasRoomForPromised)
        // Counted anew as soon as the estimate is too high.
        var budget = DescriptorBudget(limit: 100) { 81 }
        for _ in 0..<5000 { budget.take() }
        let hasRoom = budget.hasRoom(promised: 0)
        #expect(hasRoom)
    }
}
