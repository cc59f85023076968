import EventSourcing
import MusterDomain
import Records

extension MatterEntry {
    init(_ fact: Fact, _ register: Register) {
        let said = Said(fact, register)
        position = fact.position
        id = fact.id
        type = fact.type
        words = FactWords.name(of: fact.type)
        detail = said.detail
        text = said.text
        due = said.due
        role = fact.origin.actor.role
        if case .matter(.whistleEscalated(let payload)) = fact.event {
            // Muster tells others of it, yet it is about the one whose clock it was.
            party = payload.department
        } else if case .matter(let event) = fact.event {
            party = FactWords.party(of: event, fact)
        } else {
            party = role == .resident || role == .system ? nil : fact.origin.actor.party
        }
        partyName = party.map(register.name(of:)) ?? role.words
        occurredAt = fact.origin.occurredAt
        recordedAt = fact.origin.recordedAt
        isAbnormal = FactWords.isAbnormal(fact)
    }
}

/// What an event says besides its name.
private struct Said {
    var detail: Words?
    var text: String?
    var due: Timestamp?

    init(_ fact: Fact, _ register: Register) {
        switch fact.event {
        case .matter(let event): takeIn(event, register)
        case .report(.submitted(let payload)):
            text = payload.text
            detail = payload.kind.words
        case .report(.triaged(let payload)): detail = payload.urgency.words
        case .report(.routed(let payload)):
            text = payload.note
            detail = register.name(of: payload.party)
        case .report(.answered(let payload)):
            text = payload.text
            detail = payload.isSolved ? Words("solved", zh: "已解决") : nil
        default: break
        }
    }

    private mutating func takeIn(_ event: MatterEvent, _ register: Register) {
        switch event {
        case .raised(let payload):
            text = payload.text
            detail = payload.urgency.words
        case .investigatorAssigned, .feedbackMissing, .reviewStarted: break
        case .findingsRecorded(let payload):
            text = payload.text
            detail =
                payload.needsDepartment
                ? Words("needs a department", zh: "需要部门处置") : Words("needs no department", zh: "无需部门处置")
        case .resolvedLocally(let payload): text = payload.text
        case .consentRequested(let payload):
            text = payload.reason
            due = payload.answerBy
        case .consentGiven(let payload):
            text = payload.text
            if payload.isRatification { detail = Words("ratified (R3.2)", zh: "追认（R3.2）") }
        case .consentRefused(let payload):
            text = payload.text
            if payload.isRatification { detail = Words("ratification (R3.2)", zh: "追认（R3.2）") }
        case .whistleBlown(let payload):
            text = payload.basis
            detail = call(payload, register)
            due = payload.acceptBy
        case .whistleWithdrawn(let payload): text = payload.reason
        case .whistleAccepted(let payload):
            due = payload.onSceneBy
            detail = payload.becomesLead ? Words("leads by first receipt (R3.3)", zh: "首接牵头（R3.3）") : nil
        case .competenceDisputed(let payload):
            text = payload.argument
            detail =
                payload.clockRuns
                ? Words("the clock keeps running for the lead (R3.4)", zh: "牵头方继续计时（R3.4）")
                : Words("the clock stands still", zh: "暂停计时")
        case .competenceRuled(let payload):
            text = payload.text
            detail = ruling(payload, register)
            due = payload.acceptBy
        case .departmentArrived(let payload):
            detail = payload.isLate ? Words("late", zh: "迟到") : nil
            due = payload.actBy
        case .findingsHandedOver(let payload): text = payload.text
        case .jointPlanAgreed(let payload): text = payload.text
        case .taskDelegated(let payload):
            text = payload.text
            due = payload.dueBy
        case .taskCompleted(let payload):
            text = payload.text
            detail = payload.isLate ? Words("late", zh: "超时") : nil
        case .actionCompleted(let payload):
            text = payload.text
            detail = payload.isLate == true ? Words("late", zh: "超时") : nil
        case .filedWithSuperior(let payload):
            text = payload.text
            detail = Words("with \(payload.superior)", zh: "向\(payload.superior)")
        case .helpOffered(let payload):
            text = payload.text
            detail = Words("\(payload.hands) hands", zh: "\(payload.hands) 人")
        case .feedbackAsked(let payload): due = payload.answerBy
        case .feedbackGiven(let payload):
            text = payload.text
            detail = payload.solved ? Words("solved", zh: "已解决") : Words("not solved", zh: "未解决")
        case .closed(let payload): text = payload.text
        case .appealed(let payload):
            text = payload.reason
            due = payload.decideBy
        case .reviewOverdue(let payload): due = payload.decideBy
        case .reviewDecided(let payload):
            text = payload.text
            detail = payload.isUpheld ? Words("upheld", zh: "申诉成立") : Words("dismissed", zh: "申诉不成立")
        case .reopened(let payload):
            text = payload.reason
            due = payload.onSceneBy
            detail = payload.lead.map { same(register.name(of: $0)) }
        case .departmentNoShow(let payload):
            detail = payload.step.words
            due = payload.dueAt
        case .whistleEscalated(let payload):
            let level = payload.level.words
            detail = Words("\(level.en) called", zh: "已报\(level.zh)")
        case .merged(let payload):
            let into = Reference.text(payload.into.rawValue)
            detail = Words("goes along with \(into) (R5.3)", zh: "并入 \(into)（R5.3）")
        case .reportersJoined(let payload):
            let from = Reference.text(payload.from.rawValue)
            let count = payload.reporters.count
            detail = Words("\(count), of \(from) (R5.3)", zh: "\(count) 人，来自 \(from)（R5.3）")
        }
    }

    private func call(_ payload: WhistleBlown, _ register: Register) -> Words {
        let others = payload.departments.filter { $0 != payload.lead }.map(register.name(of:))
        let (en, zh) = (others.map(\.en).joined(separator: ", "), others.map(\.zh).joined(separator: "、"))
        guard let lead = payload.lead.map(register.name(of:)) else {
            return Words("\(en); the first receiver leads (R3.3)", zh: "\(zh)；首接负责（R3.3）")
        }
        return others.isEmpty
            ? Words("\(lead.en) leads", zh: "\(lead.zh)牵头")
            : Words("\(lead.en) leads, with \(en)", zh: "\(lead.zh)牵头，\(zh)配合")
    }

    private func ruling(_ payload: CompetenceRuled, _ register: Register) -> Words {
        let department = register.name(of: payload.department)
        guard payload.upheld else {
            return Words("\(department.en) is competent and must come", zh: "\(department.zh)有管辖权，须到场")
        }
        guard let replacement = payload.replacement.map(register.name(of:)) else {
            return Words("\(department.en) is released", zh: "\(department.zh)解除")
        }
        return Words(
            "\(department.en) is released, \(replacement.en) comes instead",
            zh: "\(department.zh)解除，改由\(replacement.zh)到场"
        )
    }

    private func same(_ lead: Words) -> Words {
        Words("\(lead.en) must come again (R14.1)", zh: "\(lead.zh)须再次到场（R14.1）")
    }
}
