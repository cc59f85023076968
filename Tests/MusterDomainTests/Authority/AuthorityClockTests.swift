import EventSourcing
import MusterDomain
import Testing

/// What ends by itself: measures, proposals, and the time in which a list may go unread.
@Suite struct AuthorityClockTests {
    @Test("S1 a measure expires at its end, once, and not before")
    func expiry() throws {
        var office = try Office.limited()
        let end = Town.noon + Office.day * 10
        let expire = ExpireMeasure(measure: "limit", endedAt: end)
        #expect(office.code(of: expire, by: Town.system) == "R0.5 too-early")
        office.wait(Office.day * 10)
        #expect(office.inForce(.gatheringLimit, in: "dq").isEmpty, "the end itself lies outside")
        try office.runClocks()
        #expect(office.measure("limit")?.stage == .expired)
        #expect(try office.send(expire, by: Town.system).isEmpty)
        #expect(office.inForce(.gatheringLimit, in: "dq", at: end - .seconds(1)) == ["limit"], "it held until then")
        #expect(
            office.code(of: RepealMeasure(measure: "limit", reason: "Over."), by: Town.district) == "R1.2 measure-over"
        )
    }

    @Test("R1.2 a proposal lapses when nobody approves it within the limit, and can be proposed anew")
    func lapse() throws {
        var office = try Office.limited()
        try office.send(Office.local(figure: 10), by: Town.head)
        let due = Town.noon + .seconds(14_400)
        let lapse = LapseLocalMeasure(measure: "local", approveBy: due)
        #expect(office.code(of: lapse, by: Town.system) == "R0.5 too-early")
        office.wait(.seconds(14_400))
        try office.runClocks()
        #expect(office.measure("local")?.stage == .lapsed)
        #expect(try office.send(lapse, by: Town.system).isEmpty)
        let approve = ApproveLocalMeasure(measure: "local")
        #expect(office.code(of: approve, by: Town.district) == "R1.2 nothing-to-approve")
        #expect(office.code(of: Office.local("again", figure: 10), by: Town.head) == nil)
    }

    @Test("S1 a list is to be reviewed after 90 days unless a later one is there")
    func review() throws {
        var office = Office()
        let list = AuthorityTests.list([AuthorityTests.entry("he", "fire")])
        guard case .responsibilityListPublished(let published)? = try office.send(list, by: Town.administrator).first
        else { return #expect(Bool(false)) }
        let due = Town.noon + Office.day * 90
        #expect(published.reviewBy == due)
        var replaced = office
        let next = PublishResponsibilityList(
            version: "2028",
            effectiveFrom: Town.noon + Office.day,
            entries: [AuthorityTests.entry("he", "police")]
        )
        try replaced.send(next, by: Town.administrator)
        let old = RecordListReviewDue(version: "2027", reviewBy: due)
        replaced.wait(Office.day * 90)
        #expect(try replaced.send(old, by: Town.system).isEmpty, "nobody reads the old one any more")
        #expect(office.code(of: old, by: Town.system) == "R0.5 too-early")
        office.wait(Office.day * 90)
        try office.runClocks()
        #expect(office.town.authority.lists.last?.isReviewDue == true)
        #expect(try office.send(old, by: Town.system).isEmpty)
    }

    @Test("R0.5 a review that no record could hold is not timed")
    func distantReview() throws {
        var office = Office()
        let list = PublishResponsibilityList(
            version: "far",
            effectiveFrom: Timestamp(microseconds: Timestamp.plausible.upperBound.microseconds - 1),
            entries: [AuthorityTests.entry("he", "fire")]
        )
        guard case .responsibilityListPublished(let published)? = try office.send(list, by: Town.administrator).first
        else { return #expect(Bool(false)) }
        #expect(published.reviewBy == nil)
    }

    @Test("S1 clocks run for what is open, and end with repeal, refusal and approval")
    func timers() throws {
        var office = try Office.limited()
        try office.send(Office.local("a"), by: Town.head)
        try office.send(Office.local("b", figure: 10), by: Town.head)
        try office.send(Office.local("c", figure: 10), by: Town.head)
        try office.send(Office.local("d", figure: 10), by: Town.head)
        #expect(
            Self.keys(office) == [
                "measure-lapse/b", "measure-lapse/c", "measure-lapse/d", "measure-expiry/a", "measure-expiry/limit",
            ]
        )
        try office.send(ApproveLocalMeasure(measure: "b"), by: Town.district)
        try office.send(RefuseLocalMeasure(measure: "c", reason: "No."), by: Town.district)
        #expect(
            Self.keys(office) == [
                "measure-lapse/d", "measure-expiry/a", "measure-expiry/b", "measure-expiry/limit",
            ]
        )
        try office.send(RepealMeasure(measure: "limit", reason: "Over."), by: Town.district)
        #expect(Self.keys(office).isEmpty)
    }

    @Test("R0.5 a timer names the event that started its clock")
    func cause() throws {
        let office = try Office.limited()
        var policy = AuthorityClockPolicy()
        for fact in office.facts { policy.evolve(fact) }
        #expect(policy.timers.first?.cause == office.facts.first?.id)
        #expect(policy.timers.first?.due == Town.noon + Office.day * 10)
    }

    private static func keys(_ office: Office) -> [String] {
        var policy = AuthorityClockPolicy()
        for fact in office.facts { policy.evolve(fact) }
        return policy.timers.map(\.key)
    }
}
