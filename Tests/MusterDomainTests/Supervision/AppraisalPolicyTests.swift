import EventSourcing
import MusterDomain
import Records
import Testing

/// The month's appraisal, which the inspectors are asked for (S14).
@Suite struct AppraisalPolicyTests {
    /// Of November 2026 in a town eight hours ahead of UTC.
    private static let november = (
        from: Timestamp(rfc3339: "2026-10-31T16:00:00Z")!, to: Timestamp(rfc3339: "2026-11-30T16:00:00Z")!
    )
    private static let ask = AskForAppraisal(appraisal: "A-2026-11", from: november.from, to: november.to)

    private static func publication(_ name: AppraisalID, at time: Timestamp) -> Fact {
        let published = AppraisalPublished(
            appraisal: name,
            formula: .timeAndAnswers,
            from: november.from,
            to: november.to,
            through: 9,
            lines: []
        )
        return .test(.appraisal(.published(published)), by: Town.inspector, at: time)
    }

    private static func asked(at time: Timestamp) -> Fact {
        let asked = AppraisalAsked(appraisal: "A-2026-11", from: november.from, to: november.to)
        return .test(.appraisal(.asked(asked)), by: Town.system, at: time, number: 900)
    }

    /// Something that happens in the town.
    private static func anything(at time: String) throws -> Fact {
        let retired = NoticeWithdrawn(notice: "N-1", reason: "Wrong.")
        return .test(.notice(.withdrawn(retired)), by: Town.head, at: try #require(Timestamp(rfc3339: time)))
    }

    private func policy(_ facts: [Fact]) -> AppraisalPolicy {
        var policy = AppraisalPolicy()
        for fact in Town().founding + facts { policy.evolve(fact) }
        return policy
    }

    private func asks(_ facts: [Fact]) -> [String] {
        policy(facts).timers.compactMap { ($0.command as? AskForAppraisal)?.appraisal.rawValue }
    }

    @Test("S14 at the end of a month, by the town's clock, its appraisal is asked for, once")
    func monthly() throws {
        let timer = try #require(policy([]).timers.first)
        #expect(timer.due == Self.november.to)
        #expect(timer.command as? AskForAppraisal == Self.ask)
        #expect(asks([]) == ["A-2026-11"])
        #expect(asks([Self.asked(at: Self.november.to)]) == ["A-2026-12"])
    }

    @Test("S14 what was published already is not asked for")
    func published() throws {
        #expect(asks([Self.publication("A-2026-11", at: Self.november.to)]) == ["A-2026-12"])
        #expect(asks([Self.publication("A-7", at: Self.november.to)]) == ["A-2026-11", "A-2026-12"])
    }

    @Test("S14 of months in which nothing ran the last one is asked for")
    func standstill() throws {
        #expect(asks([try Self.anything(at: "2026-12-02T08:00:00Z")]) == ["A-2026-11", "A-2026-12"])
        #expect(asks([try Self.anything(at: "2027-02-02T08:00:00Z")]) == ["A-2027-01", "A-2027-02"])
    }

    @Test("S14 nobody is asked for a month that is not over, and asking again changes nothing")
    func decided() throws {
        let spec = DecisionSpec(Appraisal.self)
        #expect(spec.refusal(of: Self.ask, by: Town.system)?.code == "R0.5 too-early")
        #expect(spec.refusal(of: Self.ask, by: Town.inspector)?.code == "S1 role-not-allowed")
        var subject = Appraisal()
        let context = Town().context(of: Town.system, occurredAt: Self.november.to)
        let events = try Self.ask.decide(subject, in: context)
        for event in events { subject.evolve(event, from: .test) }
        #expect(subject.isAsked && !subject.isPublished)
        #expect(try Self.ask.decide(subject, in: context).isEmpty)
    }

    @Test("S14 the inspectors are asked; where there are none, the district")
    func delivered() throws {
        var deliveries = Deliveries(of: AppraisalPolicy())
        #expect(deliveries.take([Self.asked(at: Self.november.to)]) == ["appraisal inspection"])
        let delivery = try #require(deliveries.sent.first)
        #expect(delivery.about == .appraisal("A-2026-11"))
        #expect(
            try AppraisalDelivery.record.decode(delivery.payload)
                == AppraisalDelivery(
                    appraisal: "A-2026-11",
                    kind: .appraisal,
                    from: Self.november.from,
                    to: Self.november.to
                )
        )
        #expect(TaskSubject(payload: delivery.payload) == .appraisal("A-2026-11"))
        var town = Town()
        town.authority = Authority()
        town.register("he-district", .district)
        town.appoint(Town.district)
        var district = Deliveries(of: AppraisalPolicy(), in: town)
        #expect(district.take([Self.asked(at: Self.november.to)]) == ["appraisal he-district"])
    }
}
