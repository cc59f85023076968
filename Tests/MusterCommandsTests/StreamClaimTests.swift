import EventSourcing
import MusterCommands
import MusterDomain
import MusterTesting
import Testing

/// What only one command may take, and what a decision knows of playbooks.
@Suite("Stream claims", .timeLimit(.minutes(20)))
struct StreamClaimTests {
    let world = World()

    @Test("S6 a second incident of the same person and day is refused, whatever name it bears")
    func secondCase() async throws {
        try await settle()
        let first = try await send(report("I-1"))
        // The incident and its registration.
        #expect(first.receipt?.count == 2)
        let failure = await #expect(throws: CommandFailure.self) { try await send(report("I-2")) }
        guard case .rejected(let rejection) = failure else { throw WrongOutcome(failure) }
        #expect(rejection.reason == "case-exists")
        #expect(try await world.store.events(of: Incident.stream(IncidentID("I-2")), after: .none, limit: 1).isEmpty)
        let elsewhere = await #expect(throws: CommandFailure.self) {
            try await world.anotherHandler().handle(World.envelope(report("I-3"), actor: World.clerk))
        }
        guard case .rejected = elsewhere else { throw WrongOutcome(elsewhere) }
        let otherKind = await #expect(throws: CommandFailure.self) { try await send(report("I-2", kind: "returnee")) }
        guard case .rejected = otherKind else { throw WrongOutcome(otherKind) }
        #expect(try await send(report("I-2", person: "bob")).receipt != nil)
        #expect(try await send(report("I-3", person: nil)).receipt?.count == 1)
        #expect(try await send(report("I-4", person: nil)).receipt?.count == 1)
    }

    @Test("R6.6 after one was ruled out the next incident of the person and day may come, once, and names it")
    func ruledOut() async throws {
        try await settle()
        _ = try await send(report("I-1"))
        #expect(await refusal(of: report("I-2", ruledOut: "I-1")) == "not-ruled-out")
        let ruleOut = RuleOutCase(incident: IncidentID("I-1"), text: "A cold.")
        _ = try await world.handler.handle(World.envelope(ruleOut, actor: Self.district))
        #expect(await refusal(of: report("I-2")) == "case-exists")
        #expect(await refusal(of: report("I-2", person: "bob", ruledOut: "I-1")) == "not-ruled-out")
        #expect(await refusal(of: report("I-2", person: nil, ruledOut: "I-1")) == "not-ruled-out")
        #expect(await refusal(of: report("I-2", ruledOut: "I-9")) == "not-ruled-out")
        #expect(try await send(report("I-2", kind: "returnee", ruledOut: "I-1")).receipt?.count == 2)
        #expect(await refusal(of: report("I-3", ruledOut: "I-1")) == "case-exists")
        #expect(await refusal(of: report("I-3", ruledOut: "I-2")) == "not-ruled-out")
    }

    /// The reason why a report is refused; nil when it is not.
    private func refusal(of report: ReportSuspectedCase) async -> String? {
        do {
            _ = try await world.anotherHandler().handle(World.envelope(report, actor: World.clerk))
            return nil
        } catch {
            guard case .rejected(let rejection) = error else { return "\(error)" }
            return rejection.reason
        }
    }

    @Test("R0.1 the same id again gets the first answer, though its claim is taken: by itself")
    func repeated() async throws {
        try await settle()
        let envelope = World.envelope(report("I-1"), actor: World.clerk)
        let receipt = try #require(try await world.handler.handle(envelope).receipt)
        #expect(try await world.handler.handle(envelope) == .repeated(receipt))
        #expect(try await world.anotherHandler().handle(envelope) == .repeated(receipt))
    }

    @Test("S6 the name of an incident that exists is refused as such")
    func sameName() async throws {
        try await settle()
        _ = try await send(report("I-1"))
        let failure = await #expect(throws: CommandFailure.self) { try await send(report("I-1", person: "bob")) }
        guard case .rejected(let rejection) = failure else { throw WrongOutcome(failure) }
        #expect(rejection.reason == "incident-exists")
    }

    @Test("R6.7 a decision knows the playbooks that were published, also by another process")
    func playbooks() async throws {
        try await settle()
        let publish = PublishPlaybook(playbook: Self.playbook)
        _ = try await world.anotherHandler().handle(World.envelope(publish))
        _ = try await send(report("I-1"))
        let recorded = try await world.store.events(of: Incident.stream(IncidentID("I-1")), after: .none, limit: 1)
        guard case .incident(.caseSuspected(let payload)) = try Fact(try #require(recorded.first)).event else {
            throw WrongOutcome(recorded)
        }
        #expect(payload.limit == .seconds(1_200))
    }

    private func send(_ command: any Command) async throws -> CommandOutcome {
        try await world.handler.handle(World.envelope(command, actor: World.clerk))
    }

    private func settle() async throws {
        _ = try await world.send(World.define("city", .city))
        for (actor, kind) in [(World.clerk, PartyKind.hotline), (Self.district, .district)] {
            let name = actor.party.rawValue
            _ = try await world.send(
                RegisterParty(party: actor.party, nameEN: name, nameZH: name, kind: kind, channel: .desk)
            )
            _ = try await world.send(
                AppointPerson(
                    person: actor.person,
                    role: actor.role,
                    party: actor.party,
                    territory: actor.territory,
                    from: world.time
                )
            )
        }
    }

    private func report(
        _ incident: String,
        kind: String = "gas-leak",
        person: String? = "ann",
        ruledOut: String? = nil
    ) -> ReportSuspectedCase {
        ReportSuspectedCase(
            incident: IncidentID(rawValue: incident)!,
            kind: IncidentKindID(rawValue: kind)!,
            person: person.flatMap(PersonID.init(rawValue:)),
            day: CaseDay(rawValue: "2026-11-21")!,
            territory: TerritoryID("city"),
            sites: [SiteID("home")],
            places: ["Lamp Street 1"],
            text: "It smells.",
            ruledOut: ruledOut.flatMap(IncidentID.init(rawValue:))
        )
    }

    private static let district = Actor(
        person: PersonID("duty"),
        party: PartyID("district"),
        role: .districtCommand,
        territory: TerritoryID("city")
    )

    private static let playbook = Playbook(
        playbook: PlaybookID("leak"),
        version: 1,
        kind: IncidentKindID("gas-leak"),
        nameEN: "Leak",
        nameZH: "泄漏",
        verification: PlaybookVerification(within: .seconds(1_200)),
        groupsUpWithin: .seconds(900),
        summaryWithin: .seconds(3_600),
        groups: [
            PlaybookGroup(
                group: GroupID("shut-off"),
                nameEN: "Shut-off",
                nameZH: "关阀组",
                partyKind: .department,
                steps: [PlaybookStep(step: StepID("valve"), nameEN: "Close", nameZH: "关阀", isReport: true)]
            )
        ],
        rechecks: [
            PlaybookRecheck(
                recheck: RecheckID("measure"),
                nameEN: "Measure",
                nameZH: "复测",
                after: .seconds(3_600),
                within: .seconds(3_600)
            )
        ]
    )
}
