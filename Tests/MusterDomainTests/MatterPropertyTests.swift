import EventSourcing
import MusterDomain
import Testing

/// What holds whatever people send.
@Suite struct MatterPropertyTests {
    @Test("Any sequence of commands keeps the invariants of a matter", arguments: 1...60)
    func invariants(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var scenario = Scenario()
        var accepted = 0
        for _ in 0..<250 {
            scenario.now = scenario.now + .seconds(Int.random(in: 0...900, using: &generator))
            if scenario.sendAnything(using: &generator) { accepted += 1 }
            try checkInvariants(of: scenario.matter, "seed \(seed)")
        }
        #expect(accepted > 0, "seed \(seed)")
        try checkReplay(of: scenario, "seed \(seed)")
    }

    @Test("The random sequences reach nearly every kind of event")
    func reach() {
        var reached: Set<EventType> = []
        for seed: UInt64 in 1...60 {
            var generator = SeededGenerator(seed: seed)
            var scenario = Scenario()
            for _ in 0..<250 {
                scenario.now = scenario.now + .seconds(Int.random(in: 0...900, using: &generator))
                _ = scenario.sendAnything(using: &generator)
            }
            reached.formUnion(scenario.facts.map(\.type))
        }
        let missed = Set(MatterEvent.table.descriptions.map(\.type)).subtracting(reached).map(\.name).sorted()
        // Merging is the end of a matter, and has a suite of its own.
        #expect(
            missed == [
                "FeedbackMissing", "FindingsHandedOver", "HelpOffered", "MatterMerged", "ReportersJoined",
                "ReviewOverdue",
            ]
        )
    }

    private func checkInvariants(of matter: Matter, _ seed: Comment) throws {
        #expect(matter.rounds.dropLast().allSatisfy { !$0.isOpen }, seed)
        #expect(matter.rounds.map(\.number) == Array(1..<(matter.rounds.count + 1)), seed)
        for round in matter.rounds {
            #expect(Set(round.calls.map(\.department)).count == round.calls.count, seed)
            guard round.state == .open else { continue }
            let hasAccepted = round.calls.contains { call in
                switch call.state {
                case .enRoute, .onScene, .acting, .done: true
                case .blown, .disputed, .released, .withdrawn: false
                }
            }
            // Exactly one lead as soon as somebody comes, and it is one of those called (R3.3).
            if hasAccepted { #expect(round.lead != nil, seed) }
            if let lead = round.lead { #expect(round.departments.contains(lead), seed) }
            #expect(!round.departments.isEmpty, seed)
        }
        for clock in matter.openClocks {
            #expect(clock.since < clock.due, seed)
            if clock.isLead { #expect(!clock.isPaused, seed) }
        }
        if matter.stage == .closed { #expect(matter.openClocks.isEmpty, seed) }
    }

    /// Encodes and decodes every event as the log does, and folds them again.
    private func checkReplay(of scenario: Scenario, _ seed: Comment) throws {
        var replayed = Matter()
        for fact in scenario.facts {
            guard case .matter(let event) = fact.event else { continue }
            let stored = try #require(MatterEvent.table.encode(event), seed)
            let decoded = try #require(try MatterEvent.table.decode(stored.type, stored.data), seed)
            #expect(decoded == event, seed)
            replayed.evolve(decoded, from: fact.origin)
        }
        #expect(replayed == scenario.matter, seed)
    }
}

extension Scenario {
    /// Sends some command by somebody who may send it, most of the time; false when it is refused.
    fileprivate mutating func sendAnything(using generator: inout SeededGenerator) -> Bool {
        let (command, actor) = randomCommand(using: &generator)
        let strangers = Town.posts + [Town.resident, Town.neighbour, Town.system]
        let sender =
            Int.random(in: 0..<10, using: &generator) == 0 ? strangers.randomElement(using: &generator)! : actor
        return (try? send(command, by: sender)) != nil
    }

    private func randomCommand(using generator: inout SeededGenerator) -> (any Command<Matter>, Actor) {
        let departments: [(PartyID, Actor)] = [
            ("fire", Town.fire), ("police", Town.police), ("he-district", Town.district),
        ]
        let (department, officer) = departments.randomElement(using: &generator)!
        let flag = Bool.random(using: &generator)
        let clock = matter.openRound?.call(of: department)?.clock
        // Few sequences come to an end by chance.
        let last = matter.stage == .closed ? 26...29 : 0...29
        switch Int.random(in: last, using: &generator) {
        case 0: return (Scenario.raise, Town.system)
        case 1: return (AssignInvestigator(matter: "M-1", person: "gw-02"), Town.head)
        case 2: return (RecordFindings(matter: "M-1", text: "Seen.", needsDepartment: flag), Town.gridWorker)
        case 3 where flag: return (ResolveLocally(matter: "M-1", text: "Solved."), Town.gridWorker)
        case 4: return (RequestConsent(matter: "M-1", reason: "Needed."), Town.gridWorker)
        case 5: return (GiveConsent(matter: "M-1", text: "Yes."), Town.head)
        case 6: return (RefuseConsent(matter: "M-1", text: "No."), Town.head)
        case 7:
            return (
                Scenario.emergency(lead: flag ? .firstReceiver : .party("fire")), flag ? Town.gridWorker : Town.head
            )
        case 8: return (Scenario.blow(.beyondStreet, lead: flag ? .party("police") : nil), Town.street)
        case 9 where flag: return (WithdrawWhistle(matter: "M-1", reason: "Gone."), Town.street)
        case 10, 11: return (AcceptWhistle(matter: "M-1", department: department), officer)
        case 12:
            let duty: DutyID = "passage.clear"
            return (DisputeCompetence(matter: "M-1", department: department, duty: duty, argument: "No."), officer)
        case 13:
            let replacement: PartyID? = flag ? ["fire", "police", "he-district"].randomElement(using: &generator) : nil
            return (
                RuleOnCompetence(
                    matter: "M-1",
                    department: department,
                    upheld: Bool.random(using: &generator),
                    replacement: replacement,
                    text: "So."
                ), Town.street
            )
        case 14, 15: return (ReportOnScene(matter: "M-1", department: department), officer)
        case 16: return (AgreeJointPlan(matter: "M-1", text: "Plan."), flag ? officer : Town.head)
        case 17:
            let task = TaskID(rawValue: "T-\(Int.random(in: 0..<200, using: &generator))")!
            return (
                DelegateTask(matter: "M-1", task: task, party: "jindi", duty: "passage.clear", text: "Tow."),
                flag ? officer : Town.head
            )
        case 18:
            let task = matter.tasks.randomElement(using: &generator)?.task ?? "T-1"
            return (CompleteTask(matter: "M-1", task: task, text: "Towed."), Town.property)
        case 19, 20:
            return (CompleteAction(matter: "M-1", department: department, result: .solved, text: "Clear."), officer)
        case 21: return (Scenario.communityFiling, Town.head)
        case 22:
            return (FileWithSuperior(matter: "M-1", side: .department, superior: "Up", text: "Done."), officer)
        case 23: return (AskFeedback(matter: "M-1"), Town.system)
        case 24: return (GiveFeedback(matter: "M-1", solved: flag), Town.resident)
        case 25: return (CloseMatter(matter: "M-1"), Town.head)
        case 26: return (Appeal(matter: "M-1", reason: "Not solved."), Town.resident)
        case 27: return (StartReview(matter: "M-1"), Town.street)
        case 28: return (DecideReview(matter: "M-1", isUpheld: flag, text: "So."), Town.street)
        default:
            guard let clock else { return (ReopenMatter(matter: "M-1", reason: "Again."), Town.street) }
            if flag {
                return (
                    RecordNoShow(matter: "M-1", department: department, step: clock.step, dueAt: clock.due), Town.system
                )
            }
            return (
                EscalateWhistle(
                    matter: "M-1",
                    department: department,
                    step: clock.step,
                    level: .street,
                    dueAt: clock.due
                ), Town.system
            )
        }
    }
}
