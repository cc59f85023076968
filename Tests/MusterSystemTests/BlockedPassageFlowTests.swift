import EventSourcing
import MusterDomain
import MusterTesting
import Records
import Testing

extension Processes {
    /// Through the door alone, as those who have a part in it see it.
    @Suite("A blocked passage on its way through all hands") struct BlockedPassageFlowTests {
        @Test(
            "F2 what was called solved and was not goes back to the same lead, whatever is killed",
            .timeLimit(roundsWithin: 20),
            .namesSeed
        )
        func reopened() async throws {
            try await Rounds.run("blocked passages", share: 0.3) { try await reopened(seed: $0) }
        }

        private func reopened(seed: UInt64) async throws {
            let blows = Blows(seed: seed, stretches: 5)
            try await House.with { house in
                let fleet = try await Fleet(in: house)
                let administrator = try await house.token(for: Compound.administrator, keys: fleet.keys)
                try await fleet.door.post(Compound.founding, token: administrator)
                let hands = try await Hands(in: fleet)

                try await blows.fall(in: 0, on: fleet) { try await hands.report() }
                try await blows.fall(in: 1, on: fleet) { try await hands.come() }
                try await blows.fall(in: 2, on: fleet) { try await hands.clear() }
                try await blows.fall(in: 3, on: fleet) {
                    try await hands.file()
                    try await hands.resident.send(BlockedPassage.answer(solved: false))
                }
                try await checkReopened(house, fleet.door)
                try await blows.fall(in: 4, on: fleet) {
                    try await hands.comeAgain()
                    try await hands.file()
                    try await hands.resident.send(BlockedPassage.answer(solved: true))
                    try await hands.head.send(BlockedPassage.closing)
                }
                try await checkClosed(house, fleet.door)
                try await checkOnce(hands, house)
                try await fleet.stop()
            }
        }

        /// It lies with the lead again, with a fresh clock and nothing filed.
        private func checkReopened(_ house: House, _ door: Door) async throws {
            let matter = try await door.matter(BlockedPassage.matter, when: .reopened)
            let fire = Compound.fire.party.rawValue
            let row = "\(BlockedPassage.matter)/\(fire)"

            let arrivals = matter.events("DepartmentArrived")
            #expect(Set(arrivals.map(\.party)) == [fire, Compound.police.party.rawValue])
            #expect(arrivals.allSatisfy { $0.detail == nil }, "nobody came late")
            let filed = matter.events("FiledWithSuperior").map(\.party)
            #expect(Set(filed) == [Compound.head.party.rawValue, fire])
            #expect(filed.count == 2)
            #expect(matter.filings.map(\.party) == [nil, nil], "both sides must file again")
            let answer = try #require(matter.events("FeedbackGiven").first)
            #expect(answer.text == BlockedPassage.notSolved && answer.detail?["en"] == "not solved")
            #expect(answer.role == "resident" && answer.party == nil)

            let reopening = try #require(matter.events("MatterReopened").first)
            let clock = try #require(matter.clocks.first)
            #expect(matter.clocks.map(\.key) == [row])
            #expect(clock.holder.party == fire && clock.holder.isLead && clock.step == "on-scene")
            #expect(clock.clock.state == "running" && clock.clock.startedBy?.type == "MatterReopened")
            #expect(clock.clock.due != nil && clock.clock.due == reopening.due)
            #expect(clock.tags.contains { $0.kind == "reopened" })
            #expect(matter.ladders.map(\.row) == [row] && matter.ladders.first?.due == clock.clock.due)

            let tail = try await house.number("select max(position) from events")
            let feedback = try ShownFeedback(json: try await door.board("feedback", at: tail))
            #expect(feedback.rows.map(\.matter) == [BlockedPassage.matter.rawValue])
            #expect(feedback.rows.first?.state == "reopened" && feedback.rows.first?.due == clock.clock.due)
            #expect(feedback.counts == ShownFeedback.Counts(reopened: 1))
            #expect(feedback.parties == [ShownFeedback.Line(party: fire, notSolved: 1)])
            let whistles = try ShownWhistles(json: try await door.board("whistles", at: tail))
            #expect(whistles.open == [fire: [row]])
            #expect(whistles.halfFiled.isEmpty)
            let page = try await door.text(at: "/matters/\(BlockedPassage.matter)?lang=en", "as a page")
            #expect(page.contains("Reopened") && page.contains(BlockedPassage.notSolved))
        }

        /// Nothing is left of it on any board but how it ended.
        private func checkClosed(_ house: House, _ door: Door) async throws {
            let matter = try await door.matter(BlockedPassage.matter, when: .closed)
            let (fire, head) = (Compound.fire.party.rawValue, Compound.head.party.rawValue)
            #expect(matter.clocks.isEmpty && matter.ladders.isEmpty)
            #expect(matter.filings.map(\.side) == ["community", "department"])
            #expect(matter.filings.map(\.party) == [head, fire])
            #expect(matter.filings.map(\.superior) == ["Anping street 1", "District fire brigade"])
            #expect(matter.events("FeedbackGiven").map { $0.detail?["en"] } == ["not solved", "solved"])
            let tail = try await house.number("select max(position) from events")
            let feedback = try ShownFeedback(json: try await door.board("feedback", at: tail))
            #expect(feedback.rows.isEmpty)
            #expect(feedback.counts == ShownFeedback.Counts())
            #expect(
                feedback.parties == [ShownFeedback.Line(party: fire, closedOnTime: 1, solved: 1, notSolved: 1)]
            )
            let whistles = try ShownWhistles(json: try await door.board("whistles", at: tail))
            #expect(whistles.open.isEmpty && whistles.halfFiled.isEmpty)
            let operations = try ShownOperations(json: try await door.board("operations", at: tail))
            #expect(operations.rows.isEmpty)
        }

        /// Everybody was told everything once, and everything happened once.
        private func checkOnce(_ hands: Hands, _ house: House) async throws {
            try await house.checkTasks(of: hands.all, are: 4)
            try await house.checkEffects(of: hands.all)
            #expect(await hands.fire.told.map(\.kind) == ["whistle", "reopened"])
            #expect(await hands.police.told.map(\.kind) == ["whistle"])
            #expect(await hands.property.told.map(\.kind) == ["task"])
            #expect(await hands.head.told.isEmpty)
            #expect(
                try await house.kinds(in: "matter-\(BlockedPassage.matter)") == [
                    "MatterRaised": 1, "InvestigatorAssigned": 1, "FindingsRecorded": 1, "WhistleBlown": 1,
                    "ConsentGiven": 1, "WhistleAccepted": 2, "FindingsHandedOver": 1, "DepartmentArrived": 3,
                    "JointPlanAgreed": 1, "TaskDelegated": 1, "TaskCompleted": 1, "ActionCompleted": 3,
                    "FiledWithSuperior": 4, "FeedbackAsked": 2, "FeedbackGiven": 2, "MatterReopened": 1,
                    "MatterClosed": 1,
                ]
            )
            #expect(try await house.kinds(in: "report-\(BlockedPassage.report)") == ["ReportSubmitted": 1])
            try await house.checkBoards(reach: Position(try await house.number("select max(position) from events")))
        }
    }
}

/// Those who have a part in it, with the systems by which they speak and are told.
private struct Hands: Sendable {
    let resident: PartySystem
    let gridWorker: PartySystem
    let head: PartySystem
    let fire: PartySystem
    let police: PartySystem
    let property: PartySystem
    private let door: Door

    init(in fleet: Fleet) async throws {
        resident = try await PartySystem(of: Compound.tenant, in: fleet)
        gridWorker = try await PartySystem(of: Compound.gridWorker, in: fleet)
        head = try await PartySystem(of: Compound.head, in: fleet)
        fire = try await PartySystem(of: Compound.fire, in: fleet)
        police = try await PartySystem(of: Compound.police, in: fleet)
        property = try await PartySystem(of: Compound.property, in: fleet)
        door = fleet.door
    }

    var all: [PartySystem] { [resident, gridWorker, head, fire, police, property] }

    /// The report becomes a matter by itself, and the grid worker who is sent to look blows the whistle at once.
    func report() async throws {
        try await resident.send(BlockedPassage.reportIt)
        try await door.matter(BlockedPassage.matter, when: .investigating)
        try await gridWorker.send(BlockedPassage.findings)
        try await gridWorker.send(BlockedPassage.whistle)
    }

    /// The departments take the call from the queue and come, while the community ratifies it.
    func come() async throws {
        async let ratified: Void = head.send(BlockedPassage.ratification)
        async let led: Void = answerCall(Compound.fire, by: fire)
        async let followed: Void = answerCall(Compound.police, by: police)
        _ = try await (ratified, led, followed)
        try await gridWorker.send(BlockedPassage.handOver)
        try await fire.send(BlockedPassage.plan)
    }

    private func answerCall(_ officer: MusterDomain.Actor, by system: PartySystem) async throws {
        let task = try MatterDelivery.record.decode(try await system.take(.whistle).payload)
        #expect(task.matter == BlockedPassage.matter && task.urgency == .emergency)
        #expect(task.place == BlockedPassage.reportIt.place && task.due != nil)
        try await system.send(BlockedPassage.acceptance(by: officer))
        try await system.exchange(wait: 0)
        try await system.send(BlockedPassage.arrival(of: officer))
    }

    /// The lead has the property company clear the lane; a case that merely moved on is not solved.
    func clear() async throws {
        try await fire.send(BlockedPassage.clearing)
        let task = try MatterDelivery.record.decode(try await property.take(.task).payload)
        #expect(task.task == BlockedPassage.task && task.text == BlockedPassage.clearing.text)
        try await property.send(BlockedPassage.cleared)
        try await property.exchange(wait: 0)
        let passedOn = try await police.refusal(of: BlockedPassage.completion(by: Compound.police, .passedOn)).refusal()
        #expect(passedOn.rule == "R3.6" && passedOn.reason == "passed-on")
        try await police.send(BlockedPassage.completion(by: Compound.police))
        try await fire.send(BlockedPassage.completion(by: Compound.fire))
    }

    /// Each side tells its own superior; only then is the resident asked.
    func file() async throws {
        try await head.send(BlockedPassage.communityFiling)
        let early = try await head.refusal(of: BlockedPassage.closing).refusal()
        #expect(early.rule == "R3.5" && early.reason == "filings-missing")
        try await fire.send(BlockedPassage.departmentFiling)
        try await door.matter(BlockedPassage.matter, when: .awaitingFeedback)
    }

    func comeAgain() async throws {
        let task = try MatterDelivery.record.decode(try await fire.take(.reopened).payload)
        #expect(task.text == BlockedPassage.notSolved && task.due != nil)
        try await fire.exchange(wait: 0)
        try await fire.send(BlockedPassage.arrival(of: Compound.fire))
        try await fire.send(BlockedPassage.completion(by: Compound.fire))
    }
}
