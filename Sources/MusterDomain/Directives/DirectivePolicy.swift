import EventSourcing

/// Brings directives, amendments and recalls to those they are for, and chases those who do not acknowledge, reply or pass
/// on (S4).
///
/// A relay is decided at the directive's source and brought to each addressee from here, in the order of the log: after a
/// recall there is no relay to bring any more, and whatever was brought before it is followed by the recall. Amendments
/// and recalls go to everybody who has the directive at once and not hop by hop, so that nobody on the way can hold them up.
package struct DirectivePolicy: Policy {
    package static let name = "directives"

    private var territories = TerritoryRegister()
    private var kinds: [PartyID: PartyKind] = [:]
    private var courses: [DirectiveID: DirectiveCourse] = [:]
    private var bySubject: [DirectiveSubjectID: [DirectiveID]] = [:]
    private var clocks = DirectiveClocks()
    /// The directive that the last fact recalled: its holders are told of it, and then forgotten.
    private var recalled: DirectiveID?

    package init() {}

    package var timers: [PolicyTimer] { clocks.timers }

    // MARK: Folding

    package mutating func evolve(_ fact: Fact) {
        if let recalled { courses[recalled]?.forgetHolders() }
        recalled = nil
        switch fact.event {
        case .territory(let event): territories.evolve(event, from: fact.origin)
        case .authority(.partyRegistered(let party)): kinds[party.party] = party.kind
        case .directive(let event): evolve(event, fact)
        case .addressedDirective(let event): evolve(event, fact)
        default: break
        }
    }

    private mutating func evolve(_ event: DirectiveEvent, _ fact: Fact) {
        let directive = event.directive
        switch event {
        case .issued(let payload):
            courses[directive] = DirectiveCourse(payload, from: fact.origin)
            bySubject[payload.subject, default: []].append(directive)
            startRelays(payload.audience, of: directive, due: payload.relayBy, fact)
        case .relayed(let payload):
            courses[directive]?.take(payload)
            for addressee in payload.to {
                let office = territories.territory(addressee.territory)?.parent.map { Addressee($0) }
                clocks.reach(addressee.territory, directive, owedBy: [office, payload.from].compactMap { $0 })
            }
            startRelays(payload.to, of: directive, due: payload.relayBy, fact)
        case .amended(let payload): courses[directive]?.take(payload)
        case .recalled(let payload):
            courses[directive]?.recall(at: payload.at)
            clocks.stopAll(of: directive)
            recalled = directive
        case .superseded(let payload):
            courses[directive]?.take(payload)
            clocks.stopAll(of: directive)
        case .relayBroken(let payload): clocks.stopRelay(directive, payload.addressee)
        case .contradictionFound(let payload):
            courses[directive]?.contradicts(payload.with)
            courses[payload.with]?.contradicts(directive)
        }
    }

    /// Who is to pass it on: those above the last level; of several in one territory its office, and never those who only
    /// execute.
    private mutating func startRelays(
        _ addressees: [Addressee],
        of directive: DirectiveID,
        due: Timestamp,
        _ fact: Fact
    ) {
        guard let course = courses[directive], !course.hasEnd else { return }
        for addressee in addressees {
            if let party = addressee.party {
                if course.holders.contains(Addressee(addressee.territory)) { continue }
                switch kinds[party] {
                case .property, .ngo, .ownersCommittee, .residents, .hotline, .inspectorate: continue
                case .department, .community, .street, .district, nil: break
                }
            }
            let missing = territories.children(of: addressee.territory).filter { child in
                guard let level = territories.territory(child)?.level else { return false }
                return !course.subject.downTo.isAbove(level) && !course.holders.contains(Addressee(child))
            }
            clocks.startRelay(directive, addressee, to: missing, due: due, because: fact.id)
        }
    }

    private mutating func evolve(_ event: AddressedDirectiveEvent, _ fact: Fact) {
        let (directive, addressee) = (event.directive, event.addressee)
        switch event {
        case .received(let payload):
            start(directive, addressee, payload.versions.last, payload.ackBy, payload.replyBy, fact)
        case .amended(let payload):
            start(directive, addressee, payload.inForce, payload.ackBy, payload.replyBy, fact)
        case .acknowledged(let payload):
            let isCurrent = courses[directive]?.versions.last?.version == payload.version
            if payload.households == nil, isCurrent { clocks.stopAcknowledgement(directive, addressee) }
        case .executed(let payload):
            if courses[directive]?.versions.last?.version == payload.version {
                clocks.stopReply(directive, addressee)
            }
        case .declaredInapplicable:
            clocks.stopAcknowledgement(directive, addressee)
            clocks.stopReply(directive, addressee)
            clocks.stopRelay(directive, addressee)
        case .ackOverdue: clocks.stopAcknowledgement(directive, addressee)
        case .replyOverdue: clocks.stopReply(directive, addressee)
        case .clarificationAsked, .clarificationAnswered, .recalled, .superseded: break
        }
    }

    private mutating func start(
        _ directive: DirectiveID,
        _ addressee: Addressee,
        _ version: DirectiveVersion?,
        _ ackBy: Timestamp?,
        _ replyBy: Timestamp?,
        _ fact: Fact
    ) {
        // What is about to end is not chased.
        guard let version, let course = courses[directive], !course.hasEnd else { return }
        clocks.start(
            directive,
            addressee,
            version: version.version,
            ackBy: ackBy,
            replyBy: replyBy,
            because: fact.id
        )
    }

    // MARK: Reacting

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .directive(let event): reactions(to: event, fact)
        default: []
        }
    }

    private func reactions(to event: DirectiveEvent, _ fact: Fact) -> [Reaction] {
        guard let course = courses[event.directive] else { return [] }
        switch event {
        case .issued(let payload):
            return deliver(
                payload.audience,
                payload.copies,
                from: payload.issuer,
                hop: 1,
                nil,
                payload.ackBy,
                course,
                fact
            )
                + supersede(course, fact) + contradictions(of: course, fact)
        case .relayed(let payload):
            return acknowledge(payload, course, fact)
                + deliver(
                    payload.to,
                    payload.copies,
                    from: payload.from,
                    hop: payload.hop,
                    payload.note,
                    payload.ackBy,
                    course,
                    fact
                )
        case .amended(let payload):
            let deliveries = tell(course, "amend", fact) { addressee in
                DeliverAmendment(
                    directive: payload.directive,
                    territory: addressee.territory,
                    party: addressee.party,
                    inForce: payload.inForce,
                    replyBy: payload.replyBy,
                    ackBy: payload.ackBy
                )
            }
            return deliveries + contradictions(of: course, fact)
        case .recalled(let payload):
            return tell(course, "recall", fact) { addressee in
                DeliverRecall(
                    directive: payload.directive,
                    territory: addressee.territory,
                    party: addressee.party,
                    at: payload.at
                )
            }
        case .superseded(let payload):
            let succession = Directive.Succession(by: payload.by, from: payload.from)
            return tell(course, "supersede", fact) { Self.supersession(succession, of: payload.directive, $0) }
        case .relayBroken, .contradictionFound: return []
        }
    }

    private func deliver(
        _ addressees: [Addressee],
        _ copies: [Addressee],
        from sender: Addressee,
        hop: Int,
        _ note: String?,
        _ ackBy: Timestamp,
        _ course: DirectiveCourse,
        _ fact: Fact
    ) -> [Reaction] {
        (addressees.map { ($0, false) } + copies.map { ($0, true) }).flatMap { addressee, isCopy in
            let command = DeliverDirective(
                directive: course.subject.directive,
                territory: addressee.territory,
                party: addressee.party,
                from: sender,
                issuer: course.subject.issuer,
                hop: hop,
                isCopy: isCopy,
                versions: course.versions,
                note: note,
                replyBy: course.replyBy,
                ackBy: isCopy ? nil : ackBy
            )
            let delivery = issue(command, to: addressee, "deliver", fact)
            // It may go on down while it still binds.
            guard let succession = course.succession else { return [delivery] }
            let supersession = Self.supersession(succession, of: course.subject.directive, addressee)
            return [delivery, issue(supersession, to: addressee, "supersede", fact)]
        }
    }

    private static func supersession(
        _ succession: Directive.Succession,
        of directive: DirectiveID,
        _ addressee: Addressee
    ) -> DeliverSupersession {
        DeliverSupersession(
            directive: directive,
            territory: addressee.territory,
            party: addressee.party,
            by: succession.by,
            from: succession.from
        )
    }

    /// Whoever passes it on has got it.
    private func acknowledge(_ relay: DirectiveRelayed, _ course: DirectiveCourse, _ fact: Fact) -> [Reaction] {
        if relay.from == course.subject.issuer { return [] }
        let command = AcknowledgeByRelay(
            directive: relay.directive,
            territory: relay.from.territory,
            party: relay.from.party,
            version: relay.version,
            at: fact.origin.occurredAt
        )
        return [issue(command, to: relay.from, "acknowledge", fact)]
    }

    private func tell(
        _ course: DirectiveCourse,
        _ what: String,
        _ fact: Fact,
        _ command: (Addressee) -> any Command
    ) -> [Reaction] {
        course.holders.sorted().map { issue(command($0), to: $0, what, fact) }
    }

    private func issue(_ command: any Command, to addressee: Addressee, _ what: String, _ fact: Fact) -> Reaction {
        .issue(
            command: command,
            actor: .system(in: addressee.territory),
            key: "\(what)/\(fact.id)/\(addressee.text)"
        )
    }

    private func supersede(_ course: DirectiveCourse, _ fact: Fact) -> [Reaction] {
        let subject = course.subject
        guard let older = subject.supersedes else { return [] }
        guard let other = courses[older], other.subject.maySupersede(subject.issuer, in: territories) else {
            return [flag(course, older, .supersession, fact)]
        }
        if other.hasEnd { return [] }
        let command = SupersedeDirective(
            directive: older,
            by: subject.directive,
            issuer: subject.issuer,
            from: course.versions[0].bindsFrom
        )
        return [issue(command, to: other.subject.issuer, "supersede", fact)]
    }

    /// Other directives for the same subject that bind in the same place at the same time. They are flagged and not
    /// refused: the other one's stream does not decide, and that two levels order different things is what must be seen.
    private func contradictions(of course: DirectiveCourse, _ fact: Fact) -> [Reaction] {
        let subject = course.subject
        return bySubject[subject.subject, default: []].compactMap { id in
            guard id != subject.directive, id != subject.supersedes, !course.contradictions.contains(id),
                let other = courses[id], other.subject.supersedes != subject.directive,
                course.overlaps(other, in: territories)
            else { return nil }
            return flag(course, id, .overlap, fact)
        }
    }

    private func flag(
        _ course: DirectiveCourse,
        _ other: DirectiveID,
        _ kind: ContradictionKind,
        _ fact: Fact
    ) -> Reaction {
        .issue(
            command: RecordContradiction(directive: course.subject.directive, with: other, kind: kind),
            actor: .system(in: course.subject.issuer.territory),
            key: "contradiction/\(fact.id)/\(other)"
        )
    }
}
