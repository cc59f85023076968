import Testing

@testable import MusterDispatch

@Suite("Delivery slots")
struct DeliverySlotsTests {
    private func free(_ slots: DeliverySlots, _ parties: String...) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: slots.free(for: parties).map { ($0.party, $0.amount) })
    }

    @Test("are so many per party")
    func perParty() {
        let slots = DeliverySlots(perParty: 2, total: 10)
        slots.take("fire")
        #expect(free(slots, "fire", "police") == ["fire": 1, "police": 2])
        slots.take("fire")
        #expect(free(slots, "fire", "police") == ["police": 2])
        slots.giveBack("fire")
        #expect(free(slots, "fire") == ["fire": 1])
    }

    @Test("are so many in all, given first to those with the least under way")
    func total() {
        let slots = DeliverySlots(perParty: 4, total: 5)
        slots.take("a")
        slots.take("a")
        #expect(free(slots, "a", "b") == ["b": 3])
    }
}
