import EventSourcing
import MusterDomain
import Records
import Testing

/// Who hears that a responsibility list is to be looked through.
@Suite struct ListDeliveryTests {
    @Test("S1 the district is told that its list is to be looked through, whoever typed it in")
    func review() throws {
        for actor in [Town.administrator, Town.district] {
            var office = Office()
            try office.send(AuthorityTests.list([AuthorityTests.entry("he", "fire")]), by: actor)
            office.wait(Office.day * 90)
            try office.runClocks()
            var deliveries = Deliveries(of: ListDeliveryPolicy(), in: Town())
            #expect(deliveries.take(office.facts) == ["list-review he-district"])
            let delivery = try #require(deliveries.sent.first)
            #expect(delivery.about == .list("2027"))
            let task = try ListDelivery.record.decode(delivery.payload)
            #expect(task == ListDelivery(list: "2027", kind: .listReview, due: Town.noon + Office.day * 90))
        }
    }
}
