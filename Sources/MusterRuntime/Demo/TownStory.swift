import EventSourcing
import MusterDomain

/// What somebody of the town is about to do in a matter: who, what, and how long after the matter last moved.
struct TownDeed: Sendable {
    let key: String
    let actor: Actor
    let command: any Command
    /// Town time; the play divides it by the speed.
    let after: Duration
    /// From when on it counts; nil when it may be done at once.
    var notBefore: Timestamp? = nil
    /// The rule that says no, where somebody tries what nobody may.
    var refusedUnder: String? = nil
}

/// How people of the town act in one matter. Pure: the deeds follow from the matter's state and the dice.
///
/// Most are in time, some are late, a few dispute, and one in eight residents says that it was not solved.
struct TownStory: Sendable {
    let dice: TownDice
    let limits: Limits
    /// How many times faster than life the town moves.
    var speed = 1.0

    /// What will happen next unless others act before.
    func deeds(in course: TownCourse) -> [TownDeed] {
        switch course {
        case .matter(let matter, let turn): deeds(in: matter, turn: turn)
        case .incident(let incident): deeds(in: incident)
        case .directive(let directive): deeds(in: directive)
        case .building(let building): deeds(in: building)
        case .report(let report): deeds(in: report)
        case .call(let call): deeds(in: call)
        case .surge(let surge): deeds(in: surge)
        case .form(let form): deeds(in: form)
        case .directReport(let report): deeds(in: report)
        case .measure(let measure): deeds(in: measure)
        case .asset(let asset): deeds(in: asset)
        case .inquiry(let inquiry): deeds(in: inquiry)
        case .notice(let notice): deeds(in: notice)
        }
    }

    /// - Parameter turn: how often the matter was reopened; a deed of a later turn is another deed.
    private func deeds(in matter: Matter, turn: Int) -> [TownDeed] {
        guard let subject = matter.subject, let community = Town.community(holding: subject.territory),
            let head = Town.head(of: community), let worker = Town.worker(of: subject.territory, in: community)
        else { return [] }
        let scene = Scene(
            matter: matter,
            subject: subject,
            community: community,
            head: head,
            worker: worker,
            turn: turn
        )
        switch matter.stage {
        case .unraised, .raised, .filedBoth:
            return []
        case .closed:
            return review(scene)
        case .investigating:
            return investigation(scene)
        case .resolvedLocally:
            return [deed(scene, "ask", head, AskFeedback(matter: subject.matter), mean: .seconds(600))]
        case .awaitingConsent:
            let consent = GiveConsent(matter: subject.matter, text: "Agreed, it is beyond what the community can do.")
            return [deed(scene, "consent", head, consent, mean: .seconds(900))]
        case .consented:
            return [whistle(scene, kind: .jointEnforcement)].compactMap(\.self)
        case .whistled, .inAction, .reopened:
            return action(scene)
        case .awaitingFeedback(let question):
            return question.waitsFor.sorted().compactMap { answer(scene, by: $0) }
        case .answered:
            return [deed(scene, "close", head, CloseMatter(matter: subject.matter, text: nil), mean: .seconds(300))]
        }
    }

    private struct Scene {
        let matter: Matter
        let subject: Matter.Subject
        let community: Town.Community
        let head: Actor
        let worker: Actor
        let turn: Int

        var id: MatterID { subject.matter }
        var duty: Town.Duty? { TownReports.duty(for: subject.kind) }
    }

    private func deed(
        _ scene: Scene,
        _ step: String,
        _ actor: Actor,
        _ command: any Command,
        mean: Duration
    ) -> TownDeed {
        let key = "\(scene.id)/\(scene.turn)/\(scene.matter.rounds.count)/\(step)"
        return TownDeed(key: key, actor: actor, command: command, after: dice.delay(key, mean: mean))
    }

    // MARK: - Before the whistle

    private func investigation(_ scene: Scene) -> [TownDeed] {
        let isUrgent = scene.subject.urgency == .emergency
        // Nobody goes where the desk answers at once, or twice to the same place.
        switch scene.subject.report.flatMap({ dice.deskWork(on: $0, scene.subject.kind, isUrgent: isUrgent) }) {
        case .joins, .answers: return []
        case .routes, nil: break
        }
        switch scene.matter.needsDepartment {
        case nil:
            let needsDepartment = scene.duty != nil && (isUrgent || dice.isTrue("\(scene.id)/needs", chance: 0.7))
            let text = needsDepartment ? "Seen on the spot; beyond what we can do." : "Seen on the spot; we can do it."
            let findings = RecordFindings(matter: scene.id, text: text, needsDepartment: needsDepartment)
            return [deed(scene, "find", scene.worker, findings, mean: isUrgent ? .seconds(240) : .seconds(900))]
        case false?:
            let done = ResolveLocally(matter: scene.id, text: "Done together with the neighbours.")
            return [deed(scene, "resolve", scene.worker, done, mean: .seconds(1_800))]
        case true? where isUrgent:
            return [whistle(scene, kind: .emergency)].compactMap(\.self)
        case true?:
            let request = RequestConsent(matter: scene.id, reason: "Needs a department; the findings are attached.")
            return [deed(scene, "request", scene.worker, request, mean: .seconds(300))]
        }
    }

    private func whistle(_ scene: Scene, kind: WhistleKind) -> TownDeed? {
        guard let duty = scene.duty else { return nil }
        let whistle = BlowWhistle(
            matter: scene.id,
            kind: kind,
            urgency: scene.subject.urgency,
            duty: duty.id,
            departments: [duty.responsible] + duty.supporting,
            lead: duty.supporting.isEmpty ? nil : .party(duty.responsible),
            basis: "Responsibility list 2026-1"
        )
        return deed(scene, "blow", scene.head, whistle, mean: kind == .emergency ? .seconds(120) : .seconds(600))
    }

    // MARK: - After the whistle

    private func action(_ scene: Scene) -> [TownDeed] {
        guard let round = scene.matter.openRound else { return [] }
        let limits = limits.response(to: round.urgency)
        var deeds = round.calls.compactMap { call in next(for: call, in: round, limits: limits, scene) }
        deeds += help(scene, round)
        let isDone = round.calls.allSatisfy { !$0.isCalled || $0.status == .done }
        if isDone, scene.matter.tasks.allSatisfy(\.isDone) { deeds += filings(scene, round) }
        return deeds
    }

    private func next(
        for call: DepartmentCall,
        in round: WhistleRound,
        limits: ResponseLimits,
        _ scene: Scene
    ) -> TownDeed? {
        guard let officer = Town.duty(of: call.department) else { return nil }
        let department = call.department
        switch call.state {
        case .blown:
            if !call.hasDisputed, round.lead != department,
                dice.isTrue("\(scene.id)/\(department)/disputes", chance: 0.06)
            {
                let dispute = DisputeCompetence(
                    matter: scene.id,
                    department: department,
                    duty: round.duty,
                    argument: "The list names us as supporting only; the lead can do this alone."
                )
                return deed(scene, "dispute/\(department)", officer, dispute, mean: limits.accept * 0.6)
            }
            let accept = AcceptWhistle(matter: scene.id, department: department)
            return deed(scene, "accept/\(department)", officer, accept, mean: limits.accept * 0.65)
        case .disputed:
            let ruling = RuleOnCompetence(
                matter: scene.id,
                department: department,
                upheld: false,
                replacement: nil,
                text: "The list names you; support the lead."
            )
            return deed(scene, "rule/\(department)", Town.streetDuty, ruling, mean: limits.accept)
        case .enRoute:
            let arrival = ReportOnScene(matter: scene.id, department: department)
            return deed(scene, "arrive/\(department)", officer, arrival, mean: limits.onScene * 0.65)
        case .onScene, .acting:
            if !round.hasPlan, round.lead == department {
                let plan = AgreeJointPlan(
                    matter: scene.id,
                    text: "Lead secures the place, the others clear it together."
                )
                return deed(scene, "plan", officer, plan, mean: .seconds(300))
            }
            let done = CompleteAction(
                matter: scene.id,
                department: department,
                result: .solved,
                text: "Our part is done; the place is clear."
            )
            return deed(scene, "act/\(department)", officer, done, mean: limits.onScene)
        case .done, .released, .withdrawn:
            return nil
        }
    }

    /// The property company clears, and the volunteers lend hands, where the list says so.
    private func help(_ scene: Scene, _ round: WhistleRound) -> [TownDeed] {
        var deeds: [TownDeed] = []
        for task in scene.matter.tasks where !task.isDone {
            guard let actor = Town.duty(of: task.party) else { continue }
            let done = CompleteTask(matter: scene.id, task: task.task, text: "Done as agreed; photo taken.")
            deeds.append(deed(scene, "task/\(task.task)", actor, done, mean: task.limit * 0.6))
        }
        guard scene.subject.kind == .blockedPassage || scene.subject.kind == .fireHazard, scene.turn == 0 else {
            return deeds
        }
        let given = Set(scene.matter.tasks.map(\.party))
        if !given.contains(scene.community.property) {
            let clear = delegate(scene, "clear", scene.community.property, "Clear the passage and mark it")
            deeds.append(deed(scene, "delegate/clear", scene.head, clear, mean: .seconds(300)))
        }
        if dice.isTrue("\(scene.id)/volunteers", chance: 0.6), !given.contains(Town.volunteers) {
            if let volunteer = Town.duty(of: Town.volunteers) {
                let hands = 2 + Int(dice.fraction("\(scene.id)/hands") * 6)
                let offer = OfferHelp(matter: scene.id, hands: hands, text: "We can carry and keep people away.")
                deeds.append(deed(scene, "offer", volunteer, offer, mean: .seconds(240)))
            }
            let carry = delegate(scene, "carry", Town.volunteers, "Help to carry things away")
            deeds.append(deed(scene, "delegate/carry", scene.head, carry, mean: .seconds(1_200)))
        }
        return deeds
    }

    private func delegate(_ scene: Scene, _ name: StaticString, _ party: PartyID, _ text: String) -> DelegateTask {
        DelegateTask(
            matter: scene.id,
            task: TaskID(name),
            party: party,
            duty: Town.clearing,
            text: text,
            dueWithinMinutes: nil
        )
    }

    private func filings(_ scene: Scene, _ round: WhistleRound) -> [TownDeed] {
        var deeds: [TownDeed] = []
        if !scene.matter.filings.contains(.community) {
            let filing = FileWithSuperior(
                matter: scene.id,
                side: .community,
                superior: "Qingshi street office",
                text: "Done; departments and property came."
            )
            deeds.append(deed(scene, "file/community", scene.head, filing, mean: .seconds(900)))
        }
        if !scene.matter.filings.contains(.department), let lead = round.lead, let officer = Town.duty(of: lead) {
            let filing = FileWithSuperior(
                matter: scene.id,
                side: .department,
                superior: "District \(lead) brigade",
                text: "Done; handed back to the community."
            )
            deeds.append(deed(scene, "file/department", officer, filing, mean: .seconds(1_500)))
        }
        return deeds
    }

    /// Each who reported it is asked.
    private func answer(_ scene: Scene, by person: PersonID) -> TownDeed? {
        let isFirst = person == scene.subject.reporter
        let name = isFirst ? "\(scene.id)" : "\(scene.id)/\(person)"
        guard !dice.isTrue("\(name)/silent", chance: 0.1) else { return nil }
        let solved = scene.turn > 0 || !isFirst || !dice.isTrue("\(scene.id)/unsolved", chance: 0.12)
        let feedback = GiveFeedback(
            matter: scene.id,
            solved: solved,
            score: solved ? 4 + Int(dice.fraction("\(name)/score") * 2) : 2,
            text: solved ? nil : "It is blocked again."
        )
        let resident = Actor(
            person: person,
            party: Town.residents,
            role: .resident,
            territory: scene.subject.territory
        )
        return deed(scene, "feedback/\(person)", resident, feedback, mean: .seconds(2_400))
    }

    /// One in ten appeals against how it ended; the street reviews it.
    private func review(_ scene: Scene) -> [TownDeed] {
        guard scene.matter.mergedInto == nil, dice.isTrue("\(scene.id)/appeals", chance: 0.1),
            let resident = resident(scene)
        else { return [] }
        guard let review = scene.matter.review else {
            let appeal = Appeal(matter: scene.id, reason: "It was called done, and it is not.")
            return [deed(scene, "appeal", resident, appeal, mean: .seconds(1_800))]
        }
        guard review.outcome == nil else { return [] }
        guard review.reviewer != nil else {
            return [deed(scene, "review", Town.districtDuty, StartReview(matter: scene.id), mean: .seconds(3_600))]
        }
        let decision = DecideReview(
            matter: scene.id,
            isUpheld: false,
            text: "Looked at again on the spot: it is clear."
        )
        return [deed(scene, "decide", Town.districtDuty, decision, mean: .seconds(7_200))]
    }

    private func resident(_ scene: Scene) -> Actor? {
        scene.subject.reporter.map {
            Actor(person: $0, party: Town.residents, role: .resident, territory: scene.subject.territory)
        }
    }
}
