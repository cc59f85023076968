import EventSourcing
import MusterDomain
import Testing

/// What was ordered because of a case ends when the case is ruled out (R6.6).
@Suite struct RuledOutCaseTests {
    private static let ruledOut = Fact.test(
        .incident(.caseRuledOut(CaseRuledOut(incident: "I-1", party: "market", text: "A cold.", isLate: false))),
        number: 900
    )

    private static func limit(
        _ measure: MeasureID,
        in territory: TerritoryID,
        because incident: IncidentID?
    ) -> IssueMeasure {
        IssueMeasure(
            measure: measure,
            kind: .gatheringLimit,
            territory: territory,
            legalBasis: "Emergency Response Law, art. 49",
            from: Town.noon,
            to: Town.noon + Office.day,
            figure: 50,
            incident: incident
        )
    }

    private func commands(_ policy: RuledOutCasePolicy, _ fact: Fact) -> [(RepealMeasure, Actor, String)] {
        policy.reactions(to: fact).compactMap { reaction in
            guard case .issue(let command, let actor, let key) = reaction, let repeal = command as? RepealMeasure else {
                return nil
            }
            return (repeal, actor, key)
        }
    }

    @Test("R6.6 measures that were issued because of the case are repealed by Muster, and no others; history stays")
    func unwinds() throws {
        var office = Office()
        try office.send(Self.limit("a", in: "dq", because: "I-1"), by: Town.head)
        try office.send(Self.limit("b", in: "xw", because: "I-1"), by: Town.otherHead)
        try office.send(Self.limit("other", in: "dq-02", because: "I-2"), by: Town.head)
        try office.send(Self.limit("none", in: "dq-02", because: nil), by: Town.head)
        try office.send(RepealMeasure(measure: "b", reason: "Not needed."), by: Town.otherHead)
        var policy = RuledOutCasePolicy()
        for fact in office.facts { policy.evolve(fact) }
        policy.evolve(Self.ruledOut)
        let asked = commands(policy, Self.ruledOut)
        #expect(asked.map(\.0.measure) == ["a"])
        let (repeal, actor, key) = try #require(asked.first)
        #expect(actor == .system(in: "dq"))
        #expect(key == "repeal/\(Self.ruledOut.id)/a")
        office.wait(.seconds(60))
        try office.send(repeal, by: actor)
        #expect(office.inForce(.gatheringLimit, in: "dq") == [])
        #expect(office.inForce(.gatheringLimit, in: "dq", at: Town.noon) == ["a"], "it was in force until then")
        #expect(office.code(of: repeal, by: actor) == "R1.2 measure-repealed")
    }

    @Test("R6.6 a measure that somebody issues without having heard that the case was ruled out ends at once")
    func late() throws {
        var policy = RuledOutCasePolicy()
        policy.evolve(Self.ruledOut)
        var office = Office()
        try office.send(Self.limit("a", in: "dq", because: "I-1"), by: Town.head)
        let issued = try #require(office.facts.last)
        policy.evolve(issued)
        #expect(commands(policy, issued).map(\.0.measure) == ["a"])
    }

    @Test("R6.6 of measures that are over nothing is kept")
    func bounded() throws {
        var office = Office()
        try office.send(Self.limit("a", in: "dq", because: "I-1"), by: Town.head)
        office.wait(Office.day)
        try office.runClocks()
        var deliveries = Deliveries(of: RuledOutCasePolicy())
        deliveries.take(office.facts)
        #expect(deliveries.held(in: "measures") == 0)
        #expect(deliveries.held(in: "incidents") == 0)
    }

    @Test("R6.6 nobody says in Muster's name that a measure ends, and the issuer hears of it")
    func told() throws {
        var office = Office()
        try office.send(Self.limit("a", in: "dq", because: "I-1"), by: Town.head)
        try office.send(RepealMeasure(measure: "a", reason: "Ruled out."), by: .system(in: "dq"))
        var deliveries = Deliveries(of: MeasureDeliveryPolicy())
        #expect(deliveries.take(office.facts) == ["measure-repealed dq-committee"])
    }
}
