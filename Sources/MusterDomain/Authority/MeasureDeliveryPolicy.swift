import EventSourcing
import Records

/// Brings challenges and proposals to the party that decides on them, and what was decided to those who asked; to the
/// issuer, what lower levels had tightened before; and to those who carry a measure out, that it is over (S1).
package struct MeasureDeliveryPolicy: Policy {
    package static let name = "measure-deliveries"

    /// A measure that is not over, or waits for approval.
    private struct Brief {
        let words: Words
        let territory: TerritoryID
        /// Set for a local measure.
        let parent: MeasureID?
        /// Who issued or proposed it.
        let owner: PartyID
        /// The parties for which somebody challenged it.
        var challengers: Set<PartyID> = []
        /// The parties that carry it out.
        var adopters: Set<PartyID> = []
    }

    private var briefs: [MeasureID: Brief] = [:]
    /// Of these nobody takes tasks.
    private var residents: Set<PartyID> = []
    /// Whose words were delivered. They are kept beyond the end of the measure, since tasks are, and somebody may be erased
    /// then.
    private var challenges: [PersonID: [ChallengeID]] = [:]
    /// What the last fact ended: those concerned are told, and then it is forgotten.
    private var over: [MeasureID] = []
    private var erased: PersonID?

    package init() {}

    // MARK: Folding

    package mutating func evolve(_ fact: Fact) {
        for measure in over { briefs[measure] = nil }
        over = []
        if let erased { challenges[erased] = nil }
        erased = nil
        switch fact.event {
        case .authority(let event): evolve(event, fact.origin.actor)
        case .privacy(.subjectKeyErased(let payload)): erased = payload.person
        default: break
        }
    }

    private mutating func evolve(_ event: AuthorityEvent, _ actor: Actor) {
        switch event {
        case .partyRegistered(let payload):
            if payload.kind == .residents { residents.insert(payload.party) }
        case .measureIssued(let payload):
            briefs[payload.measure] = Brief(
                words: payload.kind.words(with: payload.figure),
                territory: payload.territory,
                parent: nil,
                owner: actor.party
            )
        case .localMeasureProposed(let payload):
            briefs[payload.measure] = Brief(
                words: payload.kind.words(with: payload.figure),
                territory: payload.territory,
                parent: payload.parent,
                owner: actor.party
            )
        case .measureChallenged(let payload):
            briefs[payload.measure]?.challengers.insert(actor.party)
            // In any other role they speak for their office.
            if actor.role == .resident { challenges[actor.person, default: []].append(payload.challenge) }
        case .measureAdopted(let payload): briefs[payload.measure]?.adopters.insert(payload.party)
        case .localMeasureRefused(let payload): over = [payload.measure]
        case .localMeasureLapsed(let payload): over = [payload.measure]
        case .measureExpired(let payload): over = [payload.measure]
        case .measureRepealed(let payload): over = endings(of: payload)
        case .localMeasureApproved, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .escalationDetected, .assetRequisitioned, .assetReturned:
            break
        }
    }

    /// A measure that was repealed, and the local ones that end with it, in the order of their names.
    private func endings(of payload: MeasureRepealed) -> [MeasureID] {
        [payload.measure] + briefs.filter { $0.value.parent == payload.measure }.keys.sorted()
    }

    // MARK: Reacting

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .authority(let event): reactions(to: event, fact)
        case .privacy(.subjectKeyErased(let payload)):
            challenges[payload.person, default: []].map {
                .forget(ErasedDeliveries(challenge: $0, members: ["text"]))
            }
        default: []
        }
    }

    private func reactions(to event: AuthorityEvent, _ fact: Fact) -> [Reaction] {
        switch event {
        case .measureChallenged(let payload):
            return tell(
                payload.issuer,
                .challenge,
                of: payload.measure,
                payload.text,
                challenge: payload.challenge,
                fact
            )
        case .localMeasureProposed(let payload):
            guard let approver = payload.approver else { return [] }
            return tell(approver, .proposal, of: payload.measure, payload.reason, due: payload.approveBy, fact)
        case .localMeasureApproved(let payload):
            let words = Words("Approved.", zh: "已批准。")
            return answer(payload.measure, [words.inBoth, payload.text].compactMap(\.self), fact)
        case .localMeasureRefused(let payload):
            let words = Words("Not approved.", zh: "未获批准。")
            return answer(payload.measure, [words.inBoth, payload.reason], fact)
        case .localMeasureLapsed(let payload):
            let words = Words("Nobody decided in time, so it lapsed.", zh: "逾期未审批，提议失效。")
            return answer(payload.measure, [words.inBoth], fact)
        case .measureRepealed(let payload):
            return endings(of: payload).flatMap { repealed($0, because: payload.reason, fact) }
        case .measureExpired(let payload):
            guard let brief = briefs[payload.measure] else { return [] }
            let words = Words("It ended at \(payload.endedAt).", zh: "已于 \(payload.endedAt) 到期。")
            return brief.adopters.union([brief.owner]).sorted().flatMap {
                tell($0, .measureExpired, of: payload.measure, words.inBoth, fact)
            }
        case .escalationDetected(let payload):
            // What is only proposed is put before the issuer anyway.
            guard let issuer = briefs[payload.parent]?.owner, briefs[payload.measure]?.parent == nil else { return [] }
            let (wanted, allowed) = (
                payload.kind.words(for: payload.figure), payload.kind.words(for: payload.strictest)
            )
            let words = Words(
                "\(payload.party), \(payload.territory): \(wanted.en), allowed \(allowed.en).",
                zh: "\(payload.party)，\(payload.territory)：\(wanted.zh)，允许\(allowed.zh)。"
            )
            return tell(issuer, .addOn, of: payload.parent, words.inBoth, fact)
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .measureIssued,
            .listReviewDue, .measureAdopted, .assetRequisitioned, .assetReturned:
            return []
        }
    }

    private func answer(_ measure: MeasureID, _ sentences: [String], _ fact: Fact) -> [Reaction] {
        guard let owner = briefs[measure]?.owner else { return [] }
        return tell(owner, .answer, of: measure, sentences.joined(separator: "\n"), fact)
    }

    /// Tells those who asked for it and those who wanted it otherwise; not who decided it.
    private func repealed(_ measure: MeasureID, because reason: String, _ fact: Fact) -> [Reaction] {
        guard let brief = briefs[measure] else { return [] }
        let concerned = brief.challengers.union([brief.owner]).subtracting([fact.origin.actor.party])
        return concerned.sorted().flatMap {
            tell($0, .measureRepealed, of: measure, reason, part: measure.rawValue, fact)
        }
    }

    private func tell(
        _ party: PartyID,
        _ kind: TaskDeliveryKind,
        of measure: MeasureID,
        _ text: String,
        challenge: ChallengeID? = nil,
        due: Timestamp? = nil,
        part: String? = nil,
        _ fact: Fact
    ) -> [Reaction] {
        guard let brief = briefs[measure], !residents.contains(party) else { return [] }
        let task = MeasureDelivery(
            measure: measure,
            kind: kind,
            title: brief.words.inBoth,
            territory: brief.territory,
            text: text,
            challenge: challenge,
            due: due
        )
        let line = Words("\(brief.words.en), \(brief.territory)", zh: "\(brief.words.zh)，\(brief.territory)")
        return [.deliver(TaskDelivery(.measure(task), to: party, because: fact, part: part, line: line))]
    }
}
