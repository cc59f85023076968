import EventSourcing
import MusterDomain
import Records
import Testing

/// What lower levels may make of a measure from above (R1.2).
@Suite struct LocalMeasureTests {
    @Test("R1.2 inside the range of the measure above a local one is in force at once", arguments: [20, 30, 50, 100])
    func insideRange(figure: Int) throws {
        var office = try Office.limited()
        let events = try office.send(Office.local(figure: figure), by: Town.head)
        guard case .localMeasureProposed(let proposed)? = events.first else { return #expect(Bool(false)) }
        #expect(events.count == 1)
        #expect(proposed.approver == nil)
        #expect(proposed.legalBasis == "Emergency Response Law, art. 49", "it rests on that of the measure above")
        #expect(office.inForce(.gatheringLimit, in: "dq") == ["local", "limit"])
    }

    @Test("R1.2 what is stricter goes to the issuer, is told as an escalation, and is of no force before")
    func stricter() throws {
        var office = try Office.limited()
        let events = try office.send(Office.local(figure: 10), by: Town.head)
        guard case .localMeasureProposed(let proposed)? = events.first,
            case .escalationDetected(let escalation)? = events.last
        else { return #expect(Bool(false)) }
        #expect(proposed.approver == "he-district")
        #expect(proposed.approveBy == Town.noon + .seconds(14_400))
        #expect(proposed.limit == .seconds(14_400))
        #expect(escalation.party == "dq-committee")
        #expect(escalation.figure == 10 && escalation.strictest == 20)
        #expect(office.inForce(.gatheringLimit, in: "dq") == ["limit"])
    }

    @Test("R1.2 the limit for an approval is configuration, and never reaches beyond the measure's end")
    func approvalLimit() throws {
        var office = try Office.limited()
        let shift = Office.local(to: Town.noon + .seconds(3_600), figure: 10)
        guard case .localMeasureProposed(let short)? = try office.send(shift, by: Town.head).first else {
            return #expect(Bool(false))
        }
        #expect(short.approveBy == Town.noon + .seconds(3_600))
        office.town.limits = Limits.standard.scaled(by: 0.5)
        guard
            case .localMeasureProposed(let quick)? = try office.send(Office.local("quick", figure: 10), by: Town.head)
                .first
        else { return #expect(Bool(false)) }
        #expect(quick.approveBy == Town.noon + .seconds(7_200))
    }

    @Test("R1.2 milder than the measure above allows is refused, and the refusal names it, its issuer and the figure")
    func milder() throws {
        let refusal = try Office.limited().refusal(of: Office.local(figure: 101), by: Town.head)
        #expect(refusal?.code == "R1.2 milder-than-allowed")
        #expect(
            refusal?.words.en == "at most 101 people is milder than limit of he-district allows: at most 100 people."
        )
        #expect(refusal?.advice?.en.contains("he-district") == true)
    }

    @Test("R1.2 a range that was not given allows nothing but the figure itself")
    func noRange() throws {
        var office = Office()
        try office.send(Office.limit(mildest: nil, strictest: nil), by: Town.district)
        #expect(office.code(of: Office.local(figure: 51), by: Town.head) == "R1.2 milder-than-allowed")
        #expect(try office.send(Office.local(figure: 50), by: Town.head).count == 1)
        #expect(try office.send(Office.local("less", figure: 49), by: Town.head).count == 2, "stricter")
    }

    @Test("R1.2 what cannot be compared goes to the issuer, without being called an escalation")
    func incomparable() throws {
        var office = Office()
        try office.send(Office.limit(figure: nil, mildest: nil, strictest: nil), by: Town.district)
        let events = try office.send(Office.local(figure: 10), by: Town.head)
        guard case .localMeasureProposed(let proposed)? = events.first else { return #expect(Bool(false)) }
        #expect(events.count == 1)
        #expect(proposed.approver == "he-district")
        let other = try Office.limited()
        #expect(other.code(of: Office.local(figure: nil), by: Town.head) == "R1.2 figure-missing")
    }

    @Test("R1.2 a local measure stays inside the ground and the time of the measure above")
    func groundAndTime() throws {
        var office = Office()
        try office.send(Office.limit(territory: "dq-02"), by: Town.district)
        #expect(office.code(of: Office.local(), by: Town.head) == "R1.2 wider-than-parent")
        let early = Office.local(territory: "dq-02", from: Town.noon - .seconds(1))
        #expect(office.code(of: early, by: Town.head) == "R1.2 longer-than-parent")
        let long = Office.local(territory: "dq-02", to: Town.noon + Office.day * 11)
        #expect(office.code(of: long, by: Town.head) == "R1.2 longer-than-parent")
        let whole = Office.local(territory: "dq-02", to: Town.noon + Office.day * 10)
        #expect(office.code(of: whole, by: Town.head) == nil)
    }

    @Test("R1.3 a local measure has an end after its start; its ground is the proposer's")
    func ends() throws {
        let office = try Office.limited()
        #expect(office.code(of: Office.local(to: nil), by: Town.head) == "R1.3 no-end")
        #expect(office.code(of: Office.local(to: Town.noon), by: Town.head) == "R1.3 end-before-start")
        #expect(office.code(of: Office.local(territory: "xw"), by: Town.head) == "S1 outside-territory")
        #expect(office.code(of: Office.local("limit"), by: Town.head) == "S1 measure-exists")
    }

    @Test("R1.2 a local measure rests on a measure of its kind, from above, that is in force")
    func parents() throws {
        var office = try Office.limited()
        #expect(office.code(of: Office.local(under: "nothing"), by: Town.head) == "S1 no-such-measure")
        #expect(office.code(of: Office.local(kind: .entryCheck, figure: 2), by: Town.head) == "R1.2 other-kind")
        try office.send(Office.local("street", territory: "he-s1"), by: Town.street)
        let nested = office.refusal(of: Office.local(under: "street"), by: Town.head)
        #expect(nested?.code == "R1.2 parent-is-local")
        #expect(nested?.advice?.en.contains("limit") == true)
        var own = Office()
        try own.send(Office.limit(territory: "dq"), by: Town.head)
        #expect(own.code(of: Office.local(), by: Town.head) == "R1.2 not-from-above")
    }

    @Test("R1.2 a measure that cites a repealed or expired parent is refused")
    func endedParent() throws {
        var office = try Office.limited()
        try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        let refusal = office.refusal(of: Office.local(), by: Town.head)
        #expect(refusal?.code == "R1.2 measure-repealed")
        #expect(refusal?.advice?.en.contains("he-district") == true)
        var old = try Office.limited()
        old.wait(Office.day * 10)
        let late = Office.local(from: old.now, to: old.now + Office.day)
        #expect(old.code(of: late, by: Town.head) == "R1.2 measure-over")
        try old.runClocks()
        #expect(old.code(of: late, by: Town.head) == "R1.2 measure-over")
    }

    @Test("R1.2 only the issuer of the measure above approves or refuses, once and in time")
    func decisions() throws {
        var office = try Office.limited()
        try office.send(Office.local(figure: 10), by: Town.head)
        let approve = ApproveLocalMeasure(measure: "local")
        let refuse = RefuseLocalMeasure(measure: "local", reason: "Not needed.")
        let refusal = office.refusal(of: approve, by: Town.street)
        #expect(refusal?.code == "R1.2 not-issuer")
        #expect(refusal?.kind == .forbidden)
        #expect(office.code(of: approve, by: Town.head) == "R1.2 role-not-allowed")
        #expect(office.code(of: refuse, by: Town.street) == "R1.2 not-issuer")
        let none = ApproveLocalMeasure(measure: "limit")
        #expect(office.code(of: none, by: Town.district) == "R1.2 nothing-to-approve")
        var refused = office
        try refused.send(refuse, by: Town.district)
        #expect(refused.code(of: approve, by: Town.district) == "R1.2 nothing-to-approve")
        #expect(refused.inForce(.gatheringLimit, in: "dq") == ["limit"])
        office.wait(.seconds(14_400))
        #expect(office.code(of: approve, by: Town.district) == "R1.2 approval-too-late")
    }

    @Test("R1.2 an approved measure takes force with the approval, never before")
    func approved() throws {
        var office = try Office.limited()
        try office.send(Office.local(figure: 10), by: Town.head)
        office.wait(.seconds(3_600))
        try office.send(ApproveLocalMeasure(measure: "local", text: "For the fair."), by: Town.district)
        #expect(office.inForce(.gatheringLimit, in: "dq", at: Town.noon) == ["limit"])
        #expect(office.inForce(.gatheringLimit, in: "dq") == ["local", "limit"])
        #expect(office.measure("local")?.from == office.now)
        #expect(
            office.code(of: ApproveLocalMeasure(measure: "local"), by: Town.district) == "R1.2 nothing-to-approve"
        )
    }

    @Test("R1.2 when a measure is repealed, local ones that rest on it end with it, proposals too")
    func repealedTogether() throws {
        var office = try Office.limited()
        try office.send(Office.local(), by: Town.head)
        try office.send(Office.local("wish", figure: 10), by: Town.head)
        office.wait(.seconds(60))
        let events = try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        let repealed = MeasureRepealed(measure: "limit", at: office.now, reason: "Over.", locals: ["local", "wish"])
        #expect(events == [.measureRepealed(repealed)])
        #expect(office.inForce(.gatheringLimit, in: "dq").isEmpty)
        #expect(office.inForce(.gatheringLimit, in: "dq", at: Town.noon) == ["local", "limit"])
        #expect(office.measure("local")?.stage == .repealed(at: office.now))
        #expect(office.measure("wish")?.stage == .lapsed)
        #expect(office.code(of: ApproveLocalMeasure(measure: "wish"), by: Town.district) == "R1.2 nothing-to-approve")
    }

    @Test("R1.2 a local measure is repealed alone by who proposed it, or by a level above")
    func repealedAlone() throws {
        var office = try Office.limited()
        try office.send(Office.local(), by: Town.head)
        let repeal = RepealMeasure(measure: "local", reason: "Not needed.")
        #expect(office.code(of: repeal, by: Town.otherHead) == "R1.2 not-issuer")
        #expect(office.code(of: repeal, by: Town.street) == nil)
        try office.send(repeal, by: Town.head)
        #expect(office.inForce(.gatheringLimit, in: "dq") == ["limit"])
    }
}
