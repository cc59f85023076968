import EventSourcing
import MusterDomain
import Testing

/// A measure from its first day to its last.
@Suite struct AuthorityStoryTests {
    @Test(
        "S1 a district's limit on gatherings, from the list to the end: adopted, relaxed, tightened, challenged, repealed"
    )
    func story() throws {
        var office = Office()
        try setUp(&office)
        try office.send(Office.limit(), by: Town.district)
        try office.send(AdoptionTests.adopt(), by: Town.property)
        try office.send(Office.local("mild", territory: "xw", figure: 100), by: Town.otherHead)
        try office.send(Office.local("strict", figure: 10), by: Town.head)
        #expect(office.inForce(.gatheringLimit, in: "dq-02") == ["limit"])
        #expect(office.inForce(.gatheringLimit, in: "xw-01") == ["mild", "limit"])

        office.wait(.seconds(7_200))
        try office.send(ApproveLocalMeasure(measure: "strict", text: "For the fair."), by: Town.district)
        #expect(office.inForce(.gatheringLimit, in: "dq-02") == ["strict", "limit"])
        let challenge = ChallengeMeasure(challenge: "C-1", measure: "strict", text: "Weddings are impossible.")
        try office.send(challenge, by: Town.resident)
        try office.send(AdoptionTests.take(), by: Town.district)
        try office.send(Office.local("late", figure: 5), by: Town.head)

        office.wait(Office.day)
        try office.runClocks()
        #expect(office.measure("strict")?.stage == .expired)
        #expect(office.measure("mild")?.stage == .expired)
        #expect(office.measure("late")?.stage == .lapsed)
        #expect(office.inForce(.gatheringLimit, in: "dq-02") == ["limit"])

        try office.send(ReturnAsset(asset: "bus-3", condition: .intact), by: Town.district)
        try office.send(RepealMeasure(measure: "limit", reason: "The wave is over."), by: Town.district)
        #expect(office.inForce(.gatheringLimit, in: "dq-02").isEmpty)
        #expect(office.code(of: AdoptionTests.adopt(territory: "dq"), by: Town.property) == "R1.2 measure-repealed")
        #expect(names(of: office) == Self.expected)
    }

    @Test("R0.2 folding the log again gives the same state")
    func replay() throws {
        var office = try Office.limited()
        try office.send(Office.local(), by: Town.head)
        try office.send(Office.local("wish", figure: 10), by: Town.head)
        try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        var again = Authority()
        for fact in office.facts {
            guard case .authority(let event) = fact.event else { continue }
            again.evolve(event, from: fact.origin)
        }
        #expect(again.measures == office.town.authority.measures)
    }

    private func setUp(_ office: inout Office) throws {
        let party = RegisterParty(party: "water", nameEN: "Water", nameZH: "水务", kind: .department, channel: .desk)
        try office.send(party, by: Town.administrator)
        let appoint = AppointPerson(
            person: "w-1",
            role: .departmentOfficer,
            party: "water",
            territory: "he",
            from: Town.noon
        )
        try office.send(appoint, by: Town.district)
        let end = EndAppointment(
            person: "w-1",
            role: .departmentOfficer,
            party: "water",
            territory: "he",
            at: Town.noon + .seconds(60)
        )
        try office.send(end, by: Town.district)
        try office.send(AuthorityTests.list([AuthorityTests.entry("he", "water")]), by: Town.district)
    }

    private func names(of office: Office) -> [String] { office.facts.map(\.type.name) }

    private static let expected = [
        "PartyRegistered", "PersonAppointed", "AppointmentEnded", "ResponsibilityListPublished", "MeasureIssued",
        "MeasureAdopted", "LocalMeasureProposed", "LocalMeasureProposed", "EscalationOfMeasureDetected",
        "LocalMeasureApproved", "MeasureChallenged", "AssetRequisitioned", "LocalMeasureProposed",
        "EscalationOfMeasureDetected", "LocalMeasureLapsed", "MeasureExpired", "MeasureExpired", "AssetReturned",
        "MeasureRepealed",
    ]
}
