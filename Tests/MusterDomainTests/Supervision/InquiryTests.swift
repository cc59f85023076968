import EventSourcing
import MusterDomain
import Testing

/// Concealment, and those who tell of it (S14).
@Suite struct InquiryTests {
    private static let report = ReportConcealment(
        inquiry: "Q-1",
        accused: "jindi",
        territory: "dq",
        kind: .falsified,
        text: "All temperatures are 36.5."
    )
    private static let reported = InquiryEvent.concealmentReported(
        ConcealmentReported(
            inquiry: "Q-1",
            accused: "jindi",
            territory: "dq",
            kind: .falsified,
            text: "All temperatures are 36.5.",
            isAnonymous: false
        )
    )

    @Test("S14 from the first word to the decision")
    func story() throws {
        var spec = DecisionSpec(Inquiry.self)
        #expect(try spec.when(Self.report, by: Town.resident) == [Self.reported])
        spec = DecisionSpec(Inquiry.self, given: [Self.reported])
        #expect(spec.refusal(of: Self.report, by: Town.resident)?.code == "S14 inquiry-exists")
        let decision = DecideLiability(inquiry: "Q-1", isLiable: true, text: "They were made up.")
        #expect(spec.refusal(of: decision, by: Town.inspector)?.code == "S14 not-opened")
        let opened = try spec.when(OpenInvestigation(inquiry: "Q-1"), by: Town.inspector)
        #expect(opened == [.investigationOpened(InvestigationOpened(inquiry: "Q-1"))])
    }

    /// An inquiry that a party has opened.
    private func opened(by actor: Actor) -> Inquiry {
        var inquiry = Inquiry()
        inquiry.evolve(Self.reported, from: .test)
        let origin = Origin(
            actor: actor,
            occurredAt: Town.noon,
            recordedAt: Town.noon,
            correlation: CommandID(UniqueID(high: 1, low: 1))
        )
        inquiry.evolve(.investigationOpened(InvestigationOpened(inquiry: "Q-1")), from: origin)
        return inquiry
    }

    private func refusal<C: Command>(of command: C, _ inquiry: Inquiry, by actor: Actor) -> String?
    where C.Subject == Inquiry {
        do throws(Rejection) {
            let context = Town().context(of: actor)
            try context.authorise(CommandCatalogue.entry(of: command))
            _ = try command.decide(inquiry, in: context)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("R14.5 falsified records are noted by who looks into it, and counted")
    func falsified() throws {
        let inquiry = opened(by: Town.inspector)
        let found = RecordFalsification(inquiry: "Q-1", pattern: .identicalReadings, count: 40, text: "36.5 each day.")
        #expect(refusal(of: found, inquiry, by: Town.inspector) == nil)
        #expect(refusal(of: found, inquiry, by: Town.district) == "S14 not-your-investigation")
        #expect(refusal(of: OpenInvestigation(inquiry: "Q-1"), inquiry, by: Town.district) == "S14 opened-already")
        var decided = inquiry
        let liability = LiabilityDecided(inquiry: "Q-1", accused: "jindi", isLiable: true, text: "Yes.")
        decided.evolve(.liabilityDecided(liability), from: .test)
        #expect(refusal(of: found, decided, by: Town.inspector) == "S14 decided-already")
        #expect(refusal(of: OpenInvestigation(inquiry: "Q-1"), decided, by: Town.inspector) == "S14 decided-already")
    }

    @Test("R14.4 whom it is about takes no part in it, and is not told that there is something")
    func shielded() {
        var town = Town()
        let accused = Actor(person: "jindi-boss", party: "jindi", role: .inspector, territory: "he")
        town.appoint(accused)
        let spec = DecisionSpec(Inquiry.self, given: [Self.reported], in: town)
        let told = spec.refusal(of: OpenInvestigation(inquiry: "Q-1"), by: accused)
        let none = DecisionSpec(Inquiry.self, in: town).refusal(of: OpenInvestigation(inquiry: "Q-1"), by: accused)
        #expect(told != nil)
        #expect(told == none)
    }

    @Test("R14.4 who speaks without a name does not name themselves by mistake")
    func anonymous() throws {
        func tip(_ text: String) -> Whistleblow {
            Whistleblow(inquiry: "Q-1", accused: "jindi", territory: "dq", kind: .sham, text: text)
        }
        let spec = DecisionSpec(Inquiry.self)
        #expect(CommandCatalogue.entry(of: tip("x")).hidesActor)
        #expect(spec.refusal(of: tip("I, Resident-1, saw it."), by: Town.resident)?.code == "R14.4 name-in-text")
        for text in ["Call me: +86 138 0013 8000.", "I am 110101199003071234.", "I am 110101900307123"] {
            #expect(spec.refusal(of: tip(text), by: Town.resident)?.code == "R14.4 number-in-text", "\(text)")
        }
        guard case .concealmentReported(let told)? = try spec.when(tip("I saw it."), by: Town.resident).first else {
            Issue.record("nothing was reported")
            return
        }
        #expect(told.isAnonymous)
    }

    @Test("S14 it is about a party that there is, on ground that there is")
    func unknown() {
        let spec = DecisionSpec(Inquiry.self)
        let nobody = ReportConcealment(inquiry: "Q-1", accused: "nobody", territory: "dq", kind: .late, text: "x")
        let nowhere = ReportConcealment(inquiry: "Q-1", accused: "jindi", territory: "moon", kind: .late, text: "x")
        #expect(spec.refusal(of: nobody, by: Town.resident)?.code == "S1 party-unknown")
        #expect(spec.refusal(of: nowhere, by: Town.resident)?.code == "S2 territory-unknown")
        #expect(spec.refusal(of: OpenInvestigation(inquiry: "Q-1"), by: Town.inspector)?.code == "S14 inquiry-unknown")
    }
}
