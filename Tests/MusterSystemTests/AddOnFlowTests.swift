import EventSourcing
import MusterDomain
import MusterTesting
import Records
import Testing

extension Processes {
    /// Through the door alone, as those who have a part in it see it.
    @Suite("A property company's own rule") struct AddOnFlowTests {
        @Test(
            "F3 an add-on is refused, and who keeps it all the same is held liable, whatever is killed",
            .timeLimit(roundsWithin: 20),
            .namesSeed
        )
        func addOn() async throws {
            try await Rounds.run("add-ons", share: 0.3) { try await addOn(seed: $0) }
        }

        private func addOn(seed: UInt64) async throws {
            let blows = Blows(seed: seed, stretches: 5)
            try await House.with { house in
                let fleet = try await Fleet(in: house)
                let administrator = try await house.token(for: Compound.administrator, keys: fleet.keys)
                try await fleet.door.post(Compound.founding, token: administrator)
                let people = try await People(in: fleet)

                try await blows.fall(in: 0, on: fleet) { try await people.refuseBan() }
                try await blows.fall(in: 1, on: fleet) { try await people.reportRefusal() }
                try await blows.fall(in: 2, on: fleet) { try await people.tighten() }
                try await blows.fall(in: 3, on: fleet) { try await people.complain() }
                try await checkShield(people, house, fleet.door, ShownFeedback.Counts(inquiries: 2))
                try await blows.fall(in: 4, on: fleet) { try await people.decide() }

                try await checkMeasures(house, fleet.door)
                try await checkShield(people, house, fleet.door, ShownFeedback.Counts(liable: 2))
                try await checkEnd(fleet.door)
                try await checkOnce(people, house)
                try await fleet.stop()
            }
        }

        /// What the district issued is in force, as it was issued; nothing else is, nor waits to be.
        private func checkMeasures(_ house: House, _ door: Door) async throws {
            let tail = try await house.number("select max(position) from events")
            let text = try await door.board("authority", at: tail)
            let board = try ShownAuthority(json: text)
            #expect(
                board.rows == [
                    ShownAuthority.Measure(
                        measure: AddOn.entryCheck.rawValue,
                        kind: MeasureKind.entryCheck.rawValue,
                        territory: Compound.district.rawValue,
                        issuer: Compound.command.party.rawValue,
                        approveBy: nil,
                        adopters: 1,
                        challenges: 1
                    )
                ]
            )
            #expect(
                board.addOns == [
                    ShownAuthority.AddOn(
                        measure: AddOn.everybody.rawValue,
                        parent: AddOn.entryCheck.rawValue,
                        party: Compound.head.party.rawValue,
                        kind: MeasureKind.entryCheck.rawValue
                    )
                ]
            )
            #expect(!text.contains(AddOn.noTenants.rawValue))
            #expect(!text.contains(MeasureKind.barringTenants.rawValue))
            #expect(try await house.kinds(in: "authority")["MeasureIssued"] == 1)
        }

        /// The boards count inquiries, and no page or task tells who spoke, what they said, or what the inquiries are called;
        /// of the one who gave no name the log has none (R14.4).
        private func checkShield(
            _ people: People,
            _ house: House,
            _ door: Door,
            _ counts: ShownFeedback.Counts
        ) async throws {
            let tail = try await house.number("select max(position) from events")
            let feedback = try ShownFeedback(json: try await door.board("feedback", at: tail))
            #expect(feedback.rows.isEmpty && feedback.counts == counts)
            var shown: [String] = []
            for name in try await door.boardNames() {
                shown.append(try await door.board(name, at: tail))
                shown.append(try await door.text(at: "/boards/\(name)", "as a page"))
            }
            shown.append(try await door.text(at: "/v1/matters/\(AddOn.matter)", "as JSON"))
            shown.append(try await door.text(at: "/matters/\(AddOn.matter)", "as a page"))
            shown += await people.property.told.map { String(decoding: $0.payload, as: UTF8.self) }
            let secrets = [
                Compound.tenant.person.rawValue, AddOn.complaintText, AddOn.whisperText, AddOn.complaint.rawValue,
                AddOn.whisper.rawValue,
            ]
            for secret in secrets { #expect(!shown.contains { $0.contains(secret) }, "\(secret)") }

            let tasks = await people.inspector.told.filter { $0.kind == "inquiry" }
            for task in tasks {
                let content = String(decoding: task.payload, as: UTF8.self)
                for secret in secrets.prefix(3) + [Compound.property.party.rawValue, Compound.community.rawValue] {
                    #expect(!content.contains(secret), "\(content)")
                }
            }
            let named = """
                select count(*) from recorded_events where stream = 'inquiry-\(AddOn.whisper)'
                and type = 'ConcealmentReported' and metadata::text like '%\(Compound.property.person)%'
                """
            #expect(try await house.number(named) == 0)
            let clear = "select count(*) from recorded_events where data::text like '%\(AddOn.complaintText)%'"
            #expect(try await house.number(clear) == 0, "the complaint is encrypted")
        }

        /// The tenant is at home, and says so.
        private func checkEnd(_ door: Door) async throws {
            let matter = try await door.matter(AddOn.matter, when: .closed)
            #expect(matter.clocks.isEmpty)
            #expect(matter.events("FeedbackGiven").map { $0.detail?["en"] } == ["solved"])
        }

        /// Everybody was told everything once, and everything happened once.
        private func checkOnce(_ people: People, _ house: House) async throws {
            try await house.checkTasks(of: people.all, are: 6)
            try await house.checkEffects(of: people.all)
            #expect(await people.property.told.map(\.kind) == ["task"])
            #expect(Set(await people.command.told.map(\.kind)) == ["challenge", "proposal"])
            #expect(await people.command.told.count == 2)
            #expect(await people.head.told.map(\.kind) == ["answer"])
            #expect(await people.inspector.told.map(\.kind) == ["inquiry", "inquiry"])
            #expect(
                try await house.kinds(in: "matter-\(AddOn.matter)") == [
                    "MatterRaised": 1, "InvestigatorAssigned": 1, "FindingsRecorded": 1, "TaskDelegated": 1,
                    "TaskCompleted": 1, "MatterResolvedLocally": 1, "FeedbackAsked": 1, "FeedbackGiven": 1,
                    "MatterClosed": 1,
                ]
            )
            #expect(
                try await house.kinds(in: "inquiry-") == [
                    "ConcealmentReported": 2, "InvestigationOpened": 2, "FalsifiedRecordFound": 1,
                    "LiabilityDecided": 2,
                ]
            )
            #expect(try await house.kinds(in: "challenge-") == ["MeasureChallenged": 1])
            try await house.checkBoards(reach: Position(try await house.number("select max(position) from events")))
        }
    }
}

/// Those who have a part in it, with the systems by which they speak and are told.
private struct People: Sendable {
    let command: PartySystem
    let head: PartySystem
    let gridWorker: PartySystem
    let property: PartySystem
    let inspector: PartySystem
    let tenant: PartySystem
    private let door: Door

    init(in fleet: Fleet) async throws {
        command = try await PartySystem(of: Compound.command, in: fleet)
        head = try await PartySystem(of: Compound.head, in: fleet)
        gridWorker = try await PartySystem(of: Compound.gridWorker, in: fleet)
        property = try await PartySystem(of: Compound.property, in: fleet)
        inspector = try await PartySystem(of: Compound.inspector, in: fleet)
        tenant = try await PartySystem(of: Compound.tenant, in: fleet)
        door = fleet.door
    }

    var all: [PartySystem] { [command, head, gridWorker, property, inspector, tenant] }

    /// The company may carry the district's measure out as it is. It may not add to it, and what it wants nobody may order.
    func refuseBan() async throws {
        try await command.send(AddOn.issueEntryCheck)
        try await property.send(AddOn.adoption())

        let en = try await property.refusal(of: AddOn.ban).refusal()
        #expect(en.status == 403 && en.rule == "R1.1" && en.reason == "property-orders")
        #expect(en.detail == "A property company may execute and report, never issue.")
        #expect(en.advice == "Ask the community to give the order.")
        let zh = try await property.refusal(of: AddOn.ban, in: .zh).refusal()
        #expect(zh.rule == "R1.1" && zh.detail == "物业可以执行和上报，不能发布或加码。" && zh.advice == "请由社区下达。")

        let tighter = try await property.refusal(of: AddOn.adoption(figure: 2)).refusal()
        #expect(tighter.status == 403 && tighter.rule == "R1.1" && tighter.reason == "property-tightens")
        // Whose measure it is, what it says, and what was wanted instead.
        for words in [
            AddOn.entryCheck.rawValue, Compound.command.party.rawValue, "visitors are checked", "everybody is checked",
        ] {
            #expect(tighter.detail.contains(words), "\(tighter.detail)")
        }

        let forbidden = try await head.refusal(of: AddOn.ban).refusal()
        #expect(forbidden.status == 403 && forbidden.rule == "R1.4" && forbidden.reason == "kind-forbidden")
        #expect(forbidden.advice?.contains("Nobody can allow it") == true)
    }

    /// The guard sends the tenant away all the same. The community has the company open the gate, which says that it did.
    func reportRefusal() async throws {
        try await tenant.send(AddOn.reportIt)
        try await door.matter(AddOn.matter, when: .investigating)
        try await gridWorker.send(AddOn.findings)
        try await head.send(AddOn.opening)
        let task = try MatterDelivery.record.decode(try await property.take(.task).payload)
        #expect(task.matter == AddOn.matter && task.task == AddOn.task && task.text == AddOn.opening.text)
        try await property.send(AddOn.sham)
        try await property.exchange(wait: 0)
    }

    /// What is not in force cannot be challenged; what the guard names can. The community gives way and wants more than the
    /// district allows, which is seen and refused.
    func tighten() async throws {
        let nothing = try await tenant.refusal(of: AddOn.challenge(of: AddOn.noTenants)).refusal()
        #expect(nothing.status == 404 && nothing.reason == "no-such-measure")
        try await tenant.send(AddOn.challenge(of: AddOn.entryCheck))
        try await head.send(AddOn.tightening)

        let challenge = try MeasureDelivery.record.decode(try await command.take(.challenge).payload)
        #expect(challenge.measure == AddOn.entryCheck && challenge.challenge == AddOn.challengeID)
        let proposal = try MeasureDelivery.record.decode(try await command.take(.proposal).payload)
        #expect(proposal.measure == AddOn.everybody && proposal.text == AddOn.tightening.reason && proposal.due != nil)
        try await command.send(AddOn.noTightening)
        try await command.exchange(wait: 0)
        let answer = try MeasureDelivery.record.decode(try await head.take(.answer).payload)
        #expect(answer.measure == AddOn.everybody && answer.text.contains(AddOn.noTightening.reason))
        try await head.exchange(wait: 0)
    }

    /// The tenant complains by name, somebody of the company speaks without one, and the inspectors look into both. Whom it
    /// is about has no part in it.
    func complain() async throws {
        async let complained: Void = tenant.send(AddOn.complain)
        async let whispered: Void = property.send(AddOn.whistleblow)
        _ = try await (complained, whispered)
        let tasks = try await inspector.take(2, of: .inquiry).map { try InquiryDelivery.record.decode($0.payload) }
        #expect(Set(tasks.map(\.inquiry)) == [AddOn.complaint, AddOn.whisper])
        for inquiry in [AddOn.complaint, AddOn.whisper] {
            let accused = try await property.refusal(of: AddOn.investigation(of: inquiry)).refusal()
            #expect(accused.status == 403 && accused.reason == "role-not-allowed")
            try await inspector.send(AddOn.investigation(of: inquiry))
        }
        try await inspector.exchange(wait: 0)
    }

    /// The inspectors decide, and nobody for them; the tenant comes home, and says so.
    func decide() async throws {
        try await inspector.send(AddOn.contradiction)
        let other = try await command.refusal(of: AddOn.liability(for: AddOn.complaint)).refusal()
        #expect(other.status == 403 && other.reason == "not-your-investigation")
        try await inspector.send(AddOn.liability(for: AddOn.complaint))
        try await inspector.send(AddOn.liability(for: AddOn.whisper))

        try await gridWorker.send(AddOn.resolution)
        try await door.matter(AddOn.matter, when: .awaitingFeedback)
        try await tenant.send(AddOn.solved)
        try await head.send(AddOn.closing)
    }
}
