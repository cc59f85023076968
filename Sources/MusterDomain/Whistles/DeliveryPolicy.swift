import EventSourcing
import Records

/// Brings to each party what it must know: a whistle, a task, that it must come again, that it need not come.
package struct DeliveryPolicy: Policy {
    package static let name = "deliveries"

    /// What later events of a matter do not repeat.
    private struct Brief {
        var title: String
        var place: String
        /// Whose they are.
        let subject: PersonID
        let territory: TerritoryID
        var whistle: WhistleBlown?
        /// The residents who have said why it was reopened.
        var reopenedBy: Set<PersonID> = []
    }

    private var briefs: [MatterID: Brief] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
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
            }
            if brief.reopenedBy.contains(person) {
                forgotten.append(ErasedDeliveries(matter: matter, kind: .reopened, members: ["text"]))
            }
        }
        return forgotten.map { .forget($0) }
    }

    private func deliveries(because event: MatterEvent, _ fact: Fact) -> [Reaction] {
        switch event {
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
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleAccepted, .competenceDisputed, .departmentArrived, .findingsHandedOver,
            .jointPlanAgreed, .taskCompleted, .actionCompleted, .filedWithSuperior, .helpOffered, .feedbackAsked,
            .feedbackGiven, .feedbackMissing, .closed, .appealed, .reviewStarted, .reviewDecided, .departmentNoShow,
            .whistleEscalated, .merged, .reportersJoined:
            return []
        }
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
        let content = TaskContent(
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
        return .deliver(delivery(of: content, to: party, fact))
    }

    private func deliver(_ task: TaskDelegated, _ fact: Fact) -> Reaction {
        let brief = briefs[task.matter]
        let content = TaskContent(
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
        return .deliver(delivery(of: content, to: task.party, fact))
    }

    private func delivery(of content: TaskContent, to party: PartyID, _ fact: Fact) -> TaskDelivery {
        let what = content.task == nil ? content.title ?? content.matter.rawValue : content.text
        let place = content.place.map { ", \($0)" } ?? ""
        return TaskDelivery(
            party: party,
            kind: content.kind,
            key: "deliver/\(fact.id)/\(party)",
            matter: content.matter,
            words: Words(
                "\(content.kind.words.en): \(what)\(place)",
                zh: "\(content.kind.words.zh)：\(what)\(place)"
            ),
            payload: TaskContent.record.encode(content)
        )
    }
}
