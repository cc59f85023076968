import EventSourcing
import Records

/// Brings to each party what it must know of a matter: a whistle, a task, that it must come again, that it need not come;
/// whether to agree to a whistle to the head of the community; an appeal to somebody who had no part in it; that a
/// department is late to those above, level by level, and to whoever called it.
package struct MatterDeliveryPolicy: Policy {
    package static let name = "deliveries"

    /// What later events of a matter do not repeat.
    private struct Brief {
        var title: String
        var place: String
        /// Whose they are.
        let subject: PersonID
        let territory: TerritoryID
        var whistle: WhistleBlown?
        /// Who blew it.
        var caller: PartyID?
        /// The residents who have said why it was reopened.
        var reopenedBy: Set<PersonID> = []
        /// Those who dealt with it: they do not look at an appeal.
        var parties: Set<PartyID> = []
        /// Its reporter has said why it did not end well.
        var isAppealed = false
    }

    private var offices = Offices()
    private var briefs: [MatterID: Brief] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        offices.evolve(fact)
        switch fact.event {
        case .matter(.raised(let matter)):
            briefs[matter.matter] = Brief(
                title: matter.title,
                place: matter.place,
                subject: matter.reporter ?? fact.origin.actor.person,
                territory: matter.territory
            )
        case .matter(.whistleBlown(let whistle)):
            briefs[whistle.matter]?.whistle = whistle
            briefs[whistle.matter]?.caller = fact.origin.actor.party
            briefs[whistle.matter]?.parties.formUnion(whistle.departments)
        case .matter(.competenceRuled(let ruling)):
            if let replacement = ruling.replacement { briefs[ruling.matter]?.parties.insert(replacement) }
        case .matter(.taskDelegated(let task)): briefs[task.matter]?.parties.insert(task.party)
        case .matter(.appealed(let appeal)): briefs[appeal.matter]?.isAppealed = true
        case .matter(.closed(let closing)): briefs[closing.matter]?.parties.insert(fact.origin.actor.party)
        case .matter(.reopened(let reopening)) where reopening.reason != nil && fact.origin.actor.role == .resident:
            briefs[reopening.matter]?.reopenedBy.insert(fact.origin.actor.person)
        case .privacy(.subjectKeyErased(let erased)):
            for (matter, brief) in briefs where brief.subject == erased.person {
                briefs[matter]?.title = PersonalFields.erasedText
                briefs[matter]?.place = PersonalFields.erasedText
            }
        default: break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .matter(let event): deliveries(because: event, fact)
        case .privacy(.subjectKeyErased(let erased)): forget(erased.person)
        default: []
        }
    }

    /// What was delivered about a person stays with its receiver; here it is forgotten.
    private func forget(_ person: PersonID) -> [Reaction] {
        var forgotten: [ErasedDeliveries] = []
        for (matter, brief) in briefs.sorted(by: { $0.key < $1.key }) {
            if brief.subject == person {
                forgotten.append(ErasedDeliveries(matter: matter, members: ["title", "place"]))
                if brief.isAppealed {
                    forgotten.append(ErasedDeliveries(matter: matter, kind: .appeal, members: ["text"]))
                }
            }
            if brief.reopenedBy.contains(person) {
                forgotten.append(ErasedDeliveries(matter: matter, kind: .reopened, members: ["text"]))
            }
        }
        return forgotten.map { .forget($0) }
    }

    private func deliveries(because event: MatterEvent, _ fact: Fact) -> [Reaction] {
        switch event {
        case .consentRequested(let request):
            guard let territory = briefs[request.matter]?.territory,
                let party = offices.nearest(.communityHead, to: territory, at: fact.origin.recordedAt)
            else { return [] }
            return [deliver(.consent, to: party, of: request.matter, request.reason, due: request.answerBy, fact)]
        case .whistleBlown(let whistle):
            return whistle.departments.map { department in
                deliver(.whistle, to: department, of: whistle.matter, whistle.basis, due: whistle.acceptBy, fact)
            }
        case .competenceRuled(let ruling):
            guard let due = ruling.acceptBy, let party = ruling.upheld ? ruling.replacement : ruling.department else {
                return []
            }
            return [deliver(.whistle, to: party, of: ruling.matter, ruling.text, due: due, fact)]
        case .whistleWithdrawn(let withdrawal):
            return withdrawal.departments.map { department in
                deliver(.withdrawn, to: department, of: withdrawal.matter, withdrawal.reason, due: nil, fact)
            }
        case .taskDelegated(let task):
            return [deliver(task, fact)]
        case .reopened(let reopening):
            guard let lead = reopening.lead else { return [] }
            let reason = reopening.reason ?? "not solved · 未解决"
            return [deliver(.reopened, to: lead, of: reopening.matter, reason, due: reopening.onSceneBy, fact)]
        case .appealed(let appeal):
            guard let party = reviewer(of: appeal.matter, at: fact.origin.recordedAt) else { return [] }
            return [deliver(.appeal, to: party, of: appeal.matter, appeal.reason, due: appeal.decideBy, fact)]
        case .whistleEscalated(let escalation):
            return escalated(escalation, fact)
        case .departmentNoShow(let absence):
            guard let caller = briefs[absence.matter]?.caller else { return [] }
            let text = Self.late(absence.department, absence.step)
            return [deliver(.noShow, to: caller, of: absence.matter, text, due: absence.dueAt, fact)]
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentGiven, .consentRefused,
            .whistleAccepted, .competenceDisputed, .departmentArrived, .findingsHandedOver,
            .jointPlanAgreed, .taskCompleted, .actionCompleted, .filedWithSuperior, .helpOffered, .feedbackAsked,
            .feedbackGiven, .feedbackMissing, .closed, .reviewStarted, .reviewDecided, .reviewOverdue, .merged,
            .reportersJoined:
            return []
        }
    }

    /// Tells the level that the ladder has reached; a district that leads the whistle itself is not told of itself.
    private func escalated(_ escalation: WhistleEscalated, _ fact: Fact) -> [Reaction] {
        guard let territory = briefs[escalation.matter]?.territory,
            let party = offices.office(
                of: escalation.level.territory,
                around: territory,
                at: fact.origin.recordedAt
            ), party != escalation.department
        else { return [] }
        let text = Self.late(escalation.department, escalation.step)
        return [deliver(.escalation, to: party, of: escalation.matter, text, due: escalation.dueAt, fact)]
    }

    private static func late(_ department: PartyID, _ step: WhistleStep) -> String {
        Words("Waiting for \(department): \(step.words.en).", zh: "等待 \(department)：\(step.words.zh)。").inBoth
    }

    /// Who may decide an appeal: the nearest office from the street up that did not deal with the matter, or the
    /// inspectors.
    private func reviewer(of matter: MatterID, at time: Timestamp) -> PartyID? {
        guard let brief = briefs[matter] else { return nil }
        let ground = [brief.territory] + offices.territories.ancestors(of: brief.territory)
        for role in [Role.streetCoordinator, .districtCommand, .inspector] {
            for place in ground {
                let party = offices.parties(of: role, in: place, at: time).first { !brief.parties.contains($0) }
                if let party { return party }
            }
        }
        return nil
    }

    private func deliver(
        _ kind: TaskDeliveryKind,
        to party: PartyID,
        of matter: MatterID,
        _ text: String,
        due: Timestamp?,
        _ fact: Fact
    ) -> Reaction {
        let brief = briefs[matter]
        let task = MatterDelivery(
            matter: matter,
            kind: kind,
            title: brief?.title,
            place: brief?.place,
            territory: brief?.territory,
            text: text,
            urgency: brief?.whistle?.urgency,
            duty: brief?.whistle?.duty,
            task: nil,
            due: due
        )
        return deliver(task, to: party, fact)
    }

    private func deliver(_ task: TaskDelegated, _ fact: Fact) -> Reaction {
        let brief = briefs[task.matter]
        let content = MatterDelivery(
            matter: task.matter,
            kind: .task,
            title: brief?.title,
            place: brief?.place,
            territory: brief?.territory,
            text: task.text,
            urgency: nil,
            duty: task.duty,
            task: task.task,
            due: task.dueBy
        )
        return deliver(content, to: task.party, fact)
    }

    private func deliver(_ task: MatterDelivery, to party: PartyID, _ fact: Fact) -> Reaction {
        let what = task.task == nil ? task.title ?? task.matter.rawValue : task.text
        let line = what + (task.place.map { ", \($0)" } ?? "")
        return .deliver(TaskDelivery(.matter(task), to: party, because: fact, line: Words(line, zh: line)))
    }
}
