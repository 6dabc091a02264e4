import TestSupport
import Testing

@Suite("Gate")
struct GateTests {
    @Test("Who waits at an opened gate passes, and so does everyone after")
    func opened() {
        let gate = Gate()
        gate.open()
        #expect(gate.wait())
        #expect(gate.wait())
    }

    @Test("A gate that was given up lets no one through, also when opened later")
    func abandoned() {
        let gate = Gate()
        gate.abandon()
        gate.open()
        #expect(!gate.wait())
        #expect(!gate.isOpen)
    }
}
