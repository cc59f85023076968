import EventSourcing
import MusterDomain
import Records

/// Says facts in words, for lists that people read.
enum FactWords {
    /// The name of the kind of event, as "Whistle accepted".
    static func name(of type: EventType) -> Words {
        EventKind.of(type)?.words ?? Words(type.name, zh: type.name)
    }

    /// Who and what, as "Fire: whistle accepted".
    static func line(of fact: Fact, _ register: Register) -> Words {
        let name = name(of: fact.type)
        switch fact.event {
        case .matter(let event):
            if case .whistleEscalated(let payload) = event {
                return escalation(payload, register)
            }
            let line = detail(of: event, register).map { joined(name, $0) } ?? name
            guard let party = party(of: event, fact) else { return line }
            return said(by: register.name(of: party), line)
        default: return name
        }
    }

    /// The party whose step it was; nil for Muster's own and for residents.
    static func party(of event: MatterEvent, _ fact: Fact) -> PartyID? {
        switch event {
        case .whistleAccepted(let payload): payload.department
        case .competenceDisputed(let payload): payload.department
        case .departmentArrived(let payload): payload.department
        case .departmentNoShow(let payload): payload.department
        case .actionCompleted(let payload): payload.department
        case .taskDelegated(let payload): payload.party
        case .taskCompleted(let payload): payload.party
        case .filedWithSuperior(let payload): payload.party
        case .helpOffered(let payload): payload.party
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleBlown, .whistleWithdrawn, .competenceRuled, .findingsHandedOver, .jointPlanAgreed,
            .feedbackAsked, .feedbackGiven, .feedbackMissing, .closed, .reopened, .whistleEscalated, .appealed,
            .reviewStarted, .reviewDecided, .reviewOverdue, .merged, .reportersJoined:
            switch fact.origin.actor.role {
            case .system, .resident, .administrator: nil
            case .hotlineClerk, .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer,
                .propertyManager, .ngoCoordinator, .ownersDelegate, .inspector:
                fact.origin.actor.party
            }
        }
    }

    /// Whether a fact says that something went wrong.
    static func isAbnormal(_ fact: Fact) -> Bool {
        guard case .matter(let event) = fact.event else { return false }
        return switch event {
        case .departmentNoShow, .reviewOverdue: true
        case .whistleEscalated(let payload): payload.level != .community
        case .feedbackGiven(let payload): !payload.solved
        case .taskCompleted(let payload): payload.isLate
        case .reviewDecided(let payload): payload.isUpheld || payload.isLate
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleBlown, .whistleWithdrawn, .whistleAccepted, .competenceDisputed, .competenceRuled,
            .departmentArrived, .findingsHandedOver, .jointPlanAgreed, .taskDelegated, .actionCompleted,
            .filedWithSuperior, .helpOffered, .feedbackAsked, .feedbackMissing, .closed, .reopened, .appealed,
            .reviewStarted, .merged, .reportersJoined:
            false
        }
    }

    private static func detail(of event: MatterEvent, _ register: Register) -> Words? {
        switch event {
        case .whistleBlown(let payload): names(payload.departments, register)
        case .whistleWithdrawn(let payload): names(payload.departments, register)
        case .departmentNoShow(let payload): payload.step.words
        case .filedWithSuperior(let payload): payload.side.words
        case .whistleAccepted(let payload) where payload.becomesLead: Words("leads by first receipt", zh: "首接牵头")
        case .competenceRuled(let payload): register.name(of: payload.department)
        case .feedbackGiven(let payload):
            payload.solved ? Words("solved", zh: "已解决") : Words("not solved", zh: "未解决")
        case .reopened(let payload): payload.lead.map(register.name(of:))
        case .merged(let payload):
            Words(Reference.text(payload.into.rawValue), zh: Reference.text(payload.into.rawValue))
        case .reviewDecided(let payload): payload.isUpheld ? Words("upheld", zh: "成立") : Words("dismissed", zh: "不成立")
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleAccepted, .competenceDisputed, .departmentArrived, .findingsHandedOver,
            .jointPlanAgreed, .taskDelegated, .taskCompleted, .actionCompleted, .helpOffered, .feedbackAsked,
            .feedbackMissing, .closed, .whistleEscalated, .appealed, .reviewStarted, .reviewOverdue,
            .reportersJoined:
            nil
        }
    }

    private static func escalation(_ payload: WhistleEscalated, _ register: Register) -> Words {
        let (level, party, step) = (payload.level.words, register.name(of: payload.department), payload.step.words)
        return Words(
            "\(level.en) called: \(party.en), \(lowercased(step.en))",
            zh: "已报\(level.zh)：\(party.zh)，\(step.zh)"
        )
    }

    private static func names(_ parties: [PartyID], _ register: Register) -> Words {
        let names = parties.map(register.name(of:))
        return Words(names.map(\.en).joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、"))
    }

    private static func joined(_ name: Words, _ detail: Words) -> Words {
        Words("\(name.en), \(detail.en)", zh: "\(name.zh)，\(detail.zh)")
    }

    private static func said(by party: Words, _ line: Words) -> Words {
        Words("\(party.en): \(lowercased(line.en))", zh: "\(party.zh)：\(line.zh)")
    }

    private static func lowercased(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}
