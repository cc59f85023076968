import EventSourcing
import Records

/// Brings to each party the directives that reach it or the territory that it runs, and what becomes of them; and tells
/// whoever passed one on who has not acknowledged it (S4).
///
/// What a party passes on within its own house, as a community to its grid workers, it is not told again.
package struct DirectiveDeliveryPolicy: Policy {
    package static let name = "directive-deliveries"

    /// What the events of addressees do not repeat.
    private struct Brief {
        let directive: DirectiveID
        let title: String
        var version: Int
        var hash: TextHash
        /// Of that version, cut.
        var text: String
        /// The first instant at which that version binds no more; nil without an end.
        var effectiveTo: Timestamp?
        /// Why it was amended or recalled.
        var reason: String?
        /// From when on it does not bind any more; nil while no end is known.
        var end: Timestamp?
        /// Who has it, and from whom.
        var senders: [Addressee: Addressee] = [:]
    }

    private var offices = Offices()
    /// Of directives that stand, or whose end not everybody was told.
    private var briefs: [DirectiveID: Brief] = [:]
    private var ending: Set<DirectiveID> = []
    /// Whom the last fact told of the end: there is nothing more to tell them.
    private var told: (directive: DirectiveID, addressee: Addressee)?

    package init() {}

    // MARK: Folding

    package mutating func evolve(_ fact: Fact) {
        forget(at: fact.origin.recordedAt)
        offices.evolve(fact)
        switch fact.event {
        case .directive(let event): evolve(event, at: fact.origin.recordedAt)
        case .addressedDirective(let event): evolve(event)
        default: break
        }
    }

    private mutating func forget(at now: Timestamp) {
        guard let told else { return }
        self.told = nil
        briefs[told.directive]?.senders[told.addressee] = nil
        for directive in ending {
            guard let brief = briefs[directive], brief.senders.isEmpty, brief.end.map({ $0 <= now }) ?? false else {
                continue
            }
            briefs[directive] = nil
            ending.remove(directive)
        }
    }

    private mutating func evolve(_ event: DirectiveEvent, at now: Timestamp) {
        switch event {
        case .issued(let payload):
            putAway(at: now)
            briefs[payload.directive] = Brief(
                directive: payload.directive,
                title: payload.title,
                version: 1,
                hash: payload.hash,
                text: Self.cut(payload.body),
                effectiveTo: payload.effectiveTo
            )
        case .amended(let payload):
            briefs[payload.directive]?.version = payload.inForce.version
            briefs[payload.directive]?.hash = payload.inForce.hash
            briefs[payload.directive]?.text = Self.cut(payload.body)
            briefs[payload.directive]?.effectiveTo = payload.inForce.effectiveTo
            briefs[payload.directive]?.reason = payload.reason
        case .recalled(let payload):
            briefs[payload.directive]?.reason = payload.reason
            end(payload.directive, at: payload.at)
        case .superseded(let payload): end(payload.directive, at: payload.from)
        case .relayed, .relayBroken, .contradictionFound: break
        }
    }

    /// Of directives whose time has passed only that is kept without which an amendment could not be told.
    private mutating func putAway(at now: Timestamp) {
        for (directive, brief) in briefs where !brief.text.isEmpty {
            guard let end = brief.effectiveTo, end <= now else { continue }
            briefs[directive]?.text = ""
            briefs[directive]?.reason = nil
            briefs[directive]?.senders = [:]
        }
    }

    private mutating func end(_ directive: DirectiveID, at time: Timestamp) {
        guard briefs[directive] != nil else { return }
        briefs[directive]?.end = time
        ending.insert(directive)
    }

    private mutating func evolve(_ event: AddressedDirectiveEvent) {
        switch event {
        case .received(let payload): briefs[payload.directive]?.senders[payload.addressee] = payload.from
        case .recalled, .superseded: told = (event.directive, event.addressee)
        case .acknowledged, .executed, .declaredInapplicable, .clarificationAsked, .clarificationAnswered, .amended,
            .ackOverdue, .replyOverdue:
            break
        }
    }

    private static func cut(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(DirectiveDelivery.maximumText)))
    }

    // MARK: Reacting

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .addressedDirective(let event) = fact.event, let brief = briefs[event.directive] else { return [] }
        switch event {
        case .received(let payload):
            // An amendment that was made on the way comes next, with the text that holds.
            guard payload.versions.last?.version == brief.version else { return [] }
            return tell(
                .directive,
                event.addressee,
                brief,
                note: payload.note,
                isCopy: payload.isCopy,
                due: payload.ackBy,
                fact
            )
        case .amended(let payload):
            guard payload.inForce.version == brief.version else { return [] }
            return tell(
                .directiveAmended,
                event.addressee,
                brief,
                note: brief.reason,
                isCopy: payload.ackBy == nil,
                due: payload.ackBy,
                fact
            )
        case .recalled:
            return tell(.directiveRecalled, event.addressee, brief, text: brief.reason, fact)
        case .superseded(let payload):
            let words = Words(
                "From \(payload.from) on \(payload.by) stands in its place.",
                zh: "自 \(payload.from) 起由 \(payload.by) 取代。"
            )
            return tell(.directiveSuperseded, event.addressee, brief, text: words.inBoth, fact)
        case .ackOverdue(let payload):
            return tellSender(of: payload, brief, fact)
        case .acknowledged, .executed, .declaredInapplicable, .clarificationAsked, .clarificationAnswered,
            .replyOverdue:
            return []
        }
    }

    /// Tells an addressee, unless it was its own party that passed it on.
    ///
    /// - Parameter text: nil for the directive's own.
    private func tell(
        _ kind: TaskDeliveryKind,
        _ addressee: Addressee,
        _ brief: Brief,
        text: String? = nil,
        note: String? = nil,
        isCopy: Bool = false,
        due: Timestamp? = nil,
        _ fact: Fact
    ) -> [Reaction] {
        let now = fact.origin.recordedAt
        guard let party = offices.party(of: addressee, at: now),
            brief.senders[addressee].flatMap({ offices.party(of: $0, at: now) }) != party
        else { return [] }
        let task = DirectiveDelivery(
            directive: brief.directive,
            kind: kind,
            title: brief.title,
            territory: addressee.territory,
            party: addressee.party,
            version: brief.version,
            hash: brief.hash,
            text: text ?? brief.text,
            note: note,
            isCopy: isCopy,
            due: due
        )
        return [deliver(task, to: party, fact)]
    }

    private func tellSender(of overdue: AckOverdue, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        guard overdue.version == brief.version, let sender = brief.senders[overdue.addressee],
            let party = offices.party(of: sender, at: fact.origin.recordedAt)
        else { return [] }
        let words = Words(
            "\(overdue.addressee.text) has not acknowledged it.",
            zh: "\(overdue.addressee.text) 逾期未签收。"
        )
        let task = DirectiveDelivery(
            directive: overdue.directive,
            kind: .receiptOverdue,
            title: brief.title,
            territory: overdue.addressee.territory,
            party: overdue.addressee.party,
            version: overdue.version,
            hash: brief.hash,
            text: words.inBoth,
            due: overdue.dueAt
        )
        return [deliver(task, to: party, fact)]
    }

    private func deliver(_ task: DirectiveDelivery, to party: PartyID, _ fact: Fact) -> Reaction {
        let line = "\(task.title), \(Addressee(task.territory, task.party).text)"
        return .deliver(TaskDelivery(.directive(task), to: party, because: fact, line: Words(line, zh: line)))
    }
}
