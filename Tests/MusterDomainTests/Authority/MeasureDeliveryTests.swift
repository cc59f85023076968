import EventSourcing
import MusterDomain
import Records
import Testing

/// Who hears of challenges, proposals and what became of them.
@Suite struct MeasureDeliveryTests {
    private static let challenge = ChallengeMeasure(challenge: "C-1", measure: "limit", text: "It has no ground.")

    private func office() throws -> Office {
        var town = Town()
        town.register("residents", .residents)
        var office = Office(in: town)
        try office.send(Office.limit(), by: Town.district)
        return office
    }

    private func told(_ office: Office) -> Deliveries {
        var deliveries = Deliveries(of: MeasureDeliveryPolicy(), in: office.town)
        deliveries.take(office.facts)
        return deliveries
    }

    private func lines(_ office: Office) -> [String] {
        told(office).sent.map { "\($0.kind.rawValue) \($0.party)" }
    }

    @Test("R1.2 a stricter proposal goes to the issuer of the measure above, with the limit to decide")
    func proposal() throws {
        var office = try office()
        try office.send(Office.local("inside"), by: Town.head)
        try office.send(Office.local(figure: 10), by: Town.head)
        let sent = told(office).sent
        #expect(sent.map(\.party) == ["he-district"], "what is allowed anyway is put before nobody")
        let task = try MeasureDelivery.record.decode(try #require(sent.first).payload)
        #expect(
            task
                == MeasureDelivery(
                    measure: "local",
                    kind: .proposal,
                    title: "Limit on gatherings, at most 10 people · 限制聚集，不超过 10 人",
                    territory: "dq",
                    text: "The hall is small.",
                    due: Town.noon + .seconds(14_400)
                )
        )
    }

    @Test("R1.2 the answer goes to whoever proposed")
    func answers() throws {
        var office = try office()
        for measure in ["a", "b", "c"] as [MeasureID] {
            try office.send(Office.local(measure, figure: 10), by: Town.head)
        }
        try office.send(ApproveLocalMeasure(measure: "a", text: "For a week."), by: Town.district)
        try office.send(RefuseLocalMeasure(measure: "b", reason: "Too strict."), by: Town.district)
        office.wait(.seconds(14_400))
        try office.runClocks()
        let answers = told(office).sent.filter { $0.kind == .answer }
        #expect(answers.map(\.party) == ["dq-committee", "dq-committee", "dq-committee"])
        let texts = try answers.map { try MeasureDelivery.record.decode($0.payload).text }
        #expect(
            texts == [
                "Approved. · 已批准。\nFor a week.", "Not approved. · 未获批准。\nToo strict.",
                "Nobody decided in time, so it lapsed. · 逾期未审批，提议失效。",
            ]
        )
    }

    @Test("S1 a challenge goes to the issuer; the repeal to the parties that challenged, not to residents")
    func challenges() throws {
        var office = try office()
        try office.send(Self.challenge, by: Town.resident)
        let other = ChallengeMeasure(challenge: "C-2", measure: "limit", text: "We cannot count people.")
        try office.send(other, by: Town.property)
        try office.send(RepealMeasure(measure: "limit", reason: "True."), by: Town.district)
        let deliveries = told(office)
        #expect(lines(office) == ["challenge he-district", "challenge he-district", "measure-repealed jindi"])
        let first = try MeasureDelivery.record.decode(deliveries.sent[0].payload)
        #expect(first.challenge == "C-1" && first.text == "It has no ground." && first.territory == "he")
        #expect(deliveries.sent[0].about == .measure("limit"))
        #expect(Set(deliveries.sent.map(\.key)).count == 3)
    }

    @Test("R1.2 with a measure its local ones end, which is told to whoever set them")
    func locals() throws {
        var office = try office()
        try office.send(Office.local("inside"), by: Town.head)
        try office.send(Office.local("stricter", figure: 10), by: Town.head)
        try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        var deliveries = told(office)
        let ended = deliveries.sent.filter { $0.kind == .measureRepealed }
        #expect(ended.map(\.about) == [.measure("inside"), .measure("stricter")])
        #expect(Set(ended.map(\.party)) == ["dq-committee"])
        #expect(Set(ended.map(\.key)).count == 2)
        deliveries.take([.test(.authority(.listReviewDue(ListReviewDue(version: "1", reviewBy: Town.noon))))])
        #expect(deliveries.held(in: "briefs") == 0)
    }

    @Test("R1.3 the end of a measure is told to its issuer and to those who carry it out")
    func expired() throws {
        var office = try office()
        let adopt = AdoptMeasure(measure: "limit", party: "dq-committee", territory: "dq")
        try office.send(adopt, by: Town.head)
        office.wait(Office.day * 400)
        try office.runClocks()
        #expect(lines(office) == ["measure-expired dq-committee", "measure-expired he-district"])
        let task = try MeasureDelivery.record.decode(try #require(told(office).sent.first).payload)
        #expect(task.measure == "limit" && task.text.contains("It ended at"))
    }

    @Test(
        "R1.2 what stood below and is stricter is told to the issuer of the measure above; a proposal is told as such alone"
    )
    func addOn() throws {
        var office = Office()
        try office.send(Office.limit("below", territory: "dq", figure: 5, mildest: nil, strictest: nil), by: Town.head)
        try office.send(Office.limit(), by: Town.district)
        let found = told(office).sent.filter { $0.kind == .addOn }
        #expect(found.map(\.party) == ["he-district"])
        #expect(found.first?.about == .measure("limit"))
        try office.send(Office.local("wish", figure: 10), by: Town.head)
        #expect(told(office).sent.count { $0.kind == .addOn } == 1)
    }

    @Test("R1.2 who issued a measure hears that a level above repealed it")
    func repealedFromAbove() throws {
        var office = Office()
        try office.send(Office.limit(territory: "dq"), by: Town.head)
        try office.send(RepealMeasure(measure: "limit", reason: "No."), by: Town.street)
        #expect(lines(office) == ["measure-repealed dq-committee"])
    }

    @Test("R16.1 what an erased resident said of a measure is forgotten, also after its end, and of no one else")
    func erasure() throws {
        var office = try office()
        try office.send(Self.challenge, by: Town.resident)
        let others = [
            (ChallengeMeasure(challenge: "C-2", measure: "limit", text: "No."), Town.neighbour),
            (ChallengeMeasure(challenge: "C-3", measure: "limit", text: "No."), Town.property),
        ]
        for (challenge, actor) in others { try office.send(challenge, by: actor) }
        try office.send(RepealMeasure(measure: "limit", reason: "True."), by: Town.district)
        var deliveries = told(office)
        for person in ["resident-1", "jindi-duty"] as [PersonID] {
            let erased = SubjectKeyErased(person: person, ground: .request)
            deliveries.take([.test(.privacy(.subjectKeyErased(erased)))])
        }
        #expect(deliveries.forgotten == [ErasedDeliveries(challenge: "C-1", members: ["text"])])
    }
}
