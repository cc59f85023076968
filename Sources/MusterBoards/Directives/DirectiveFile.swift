import EventSourcing
import MusterDomain
import Records

/// A directive and everybody who has it, folded from the log.
struct DirectiveFile: Sendable {
    /// One addressee.
    private struct Node: Sendable {
        let from: Addressee
        let hop: Int
        let isCopy: Bool
        var copy = AddressedDirective()
        /// What it adds to the tallies of its branch and hop.
        var share = CascadeTally()
    }

    /// Somebody who passed it on, or should have.
    private struct Branch: Sendable {
        let position: Position
        var below = CascadeTally()
        var notes: [String] = []
        var missing: [TerritoryID] = []
        /// Until when those below acknowledge.
        var ackBy: Timestamp?
    }

    private(set) var directive = Directive()
    private let title: String
    private let issuedAt: Timestamp
    private var nodes: [Addressee: Node] = [:]
    private var branches: [Addressee: Branch] = [:]
    private var hops: [Int: CascadeTally] = [:]
    /// Those with which it is known to be at odds, whichever of the two was found to be.
    private(set) var contradictions: Set<DirectiveID> = []
    /// Whether its date has passed, as far as the log tells; what is prolonged after that goes on.
    private(set) var isExpired = false
    /// Asked for at each batch of events, made anew when the directive has changed.
    private var figures = Memo<DirectiveID, DirectiveFigures>()

    /// The file of a directive that was just issued, to be filled by folding that fact.
    init(_ issued: DirectiveIssued, _ fact: Fact) {
        title = issued.title
        issuedAt = fact.origin.occurredAt
    }

    /// Takes in one event of the directive itself.
    ///
    /// - Returns: the senders of the branches that changed.
    mutating func fold(_ event: DirectiveEvent, _ fact: Fact, _ register: Register) -> Set<Addressee> {
        forgetFigures()
        directive.evolve(event, from: fact.origin)
        switch event {
        case .issued(let payload):
            return hand(payload.audience, payload.copies, by: payload.issuer, 1, nil, payload.ackBy, fact, register)
        case .relayed(let payload):
            return hand(
                payload.to,
                payload.copies,
                by: payload.from,
                payload.hop,
                payload.note,
                payload.ackBy,
                fact,
                register
            )
        case .relayBroken(let payload):
            branches[payload.addressee, default: Branch(position: fact.position)].missing = payload.missing
            return [payload.addressee]
        case .recalled, .superseded: return Set(branches.keys)
        case .amended(let payload):
            isExpired = payload.inForce.effectiveTo.map { $0 <= fact.origin.recordedAt } ?? false
            for sender in branches.keys { branches[sender]?.ackBy = payload.ackBy }
            return Set(branches.keys)
        case .contradictionFound(let payload):
            contradicts(payload.with)
            return []
        }
    }

    mutating func contradicts(_ other: DirectiveID) { contradictions.insert(other) }

    /// Ends it when its date has passed.
    ///
    /// - Returns: whether it ends by that.
    mutating func expire(by time: Timestamp) -> Bool {
        guard let end, end <= time else { return false }
        isExpired = true
        return true
    }

    /// Its date, while it has not ended.
    var end: Timestamp? { isEnded ? nil : directive.current?.effectiveTo }

    /// Takes in one event of an addressee.
    ///
    /// - Returns: the sender of the branch that changed; nil when none did.
    mutating func fold(_ event: AddressedDirectiveEvent, _ fact: Fact, _ register: Register) -> Addressee? {
        guard var node = nodes[event.addressee] else { return nil }
        node.copy.evolve(event, from: fact.origin)
        return keep(node, of: event.addressee, register) ? node.from : nil
    }

    private mutating func hand(
        _ addressees: [Addressee],
        _ copies: [Addressee],
        by sender: Addressee,
        _ hop: Int,
        _ note: String?,
        _ ackBy: Timestamp,
        _ fact: Fact,
        _ register: Register
    ) -> Set<Addressee> {
        var branch = branches[sender] ?? Branch(position: fact.position)
        if let note { branch.notes.append(note) }
        branch.ackBy = ackBy
        branches[sender] = branch
        for addressee in addressees {
            // A copy that becomes more keeps what was asked about it.
            let copy = nodes[addressee]?.copy ?? AddressedDirective()
            let node = Node(from: sender, hop: hop, isCopy: false, copy: copy)
            _ = keep(node, of: addressee, register)
        }
        for addressee in copies where nodes[addressee] == nil {
            nodes[addressee] = Node(from: sender, hop: hop, isCopy: true)
        }
        // Whoever has a row of their own shows from whom they have it.
        var changed = Set([sender] + (addressees + copies).filter { branches[$0] != nil })
        for addressee in addressees {
            for owner in [sender, register.territories.territory(addressee.territory)?.parent.map { Addressee($0) }] {
                guard let owner, branches[owner]?.missing.contains(addressee.territory) == true else { continue }
                branches[owner]?.missing.removeAll { $0 == addressee.territory }
                changed.insert(owner)
            }
        }
        return changed
    }

    /// - Returns: whether a tally changed.
    private mutating func keep(_ node: Node, of addressee: Addressee, _ register: Register) -> Bool {
        var node = node
        let before = nodes[addressee]?.share ?? CascadeTally()
        let place = register.territories.territory(addressee.territory)
        let isGrid = addressee.party == nil && place?.level == .grid
        node.share =
            node.isCopy ? CascadeTally() : CascadeTally(node.copy, households: isGrid ? place?.households ?? 0 : nil)
        nodes[addressee] = node
        guard node.share != before else { return false }
        forgetFigures()
        let change = node.share - before
        if let below = branches[node.from]?.below { branches[node.from]?.below = below + change }
        hops[node.hop, default: CascadeTally()] = hops[node.hop, default: CascadeTally()] + change
        return true
    }

    /// Names have changed, or the directive has.
    mutating func forgetFigures() { figures = Memo() }

    // MARK: - What it shows

    var isEnded: Bool { isExpired || directive.recalledAt != nil || directive.succession != nil }

    /// The keys of its rows.
    var keys: [String] {
        branches.keys.compactMap { sender in directive.subject.map { Self.key($0.directive, sender) } }
    }

    static func key(_ directive: DirectiveID, _ sender: Addressee) -> String { "\(directive)/\(sender.text)" }

    func row(of sender: Addressee, _ register: Register) -> DirectiveRow? {
        guard let subject = directive.subject, let branch = branches[sender] else { return nil }
        let key = Self.key(subject.directive, sender)
        let isDone = branch.missing.isEmpty && branch.below.acknowledged == branch.below.addressees
        return DirectiveRow(
            key: key,
            directive: subject.directive,
            directiveTitle: title,
            sender: sender,
            senderName: sender.party.map(register.name(of:)) ?? register.name(of: sender.territory),
            hop: nodes[sender]?.hop ?? 0,
            from: nodes[sender]?.from,
            below: branch.below,
            notes: branch.notes,
            missing: branch.missing,
            missingNames: branch.missing.map(register.name(of:)),
            isEnded: isEnded,
            order: BoardOrder(
                group: isEnded ? .paused : isDone ? .waiting : .running,
                due: branch.ackBy,
                position: branch.position,
                key: key
            )
        )
    }

    /// - Parameter binding: the directives that bind at that time.
    func figures(at now: Timestamp, binding: Set<DirectiveID>, _ register: Register) -> DirectiveFigures? {
        guard let subject = directive.subject, let current = directive.current else { return nil }
        var shown = figures.value(for: subject.directive) { figures(subject, current, register) }
        shown.bindingVersion = directive.binding(at: now)?.version
        shown.isExpired = current.effectiveTo.map { $0 <= now } ?? false
        if shown.bindingVersion != nil { shown.contradictions = contradictions.intersection(binding).sorted() }
        return shown
    }

    private func figures(
        _ subject: Directive.Subject,
        _ current: DirectiveVersion,
        _ register: Register
    ) -> DirectiveFigures {
        DirectiveFigures(
            directive: subject.directive,
            subject: subject.subject,
            title: title,
            issuer: subject.issuer,
            issuerName: subject.issuer.party.map(register.name(of:)) ?? register.name(of: subject.issuer.territory),
            version: current.version,
            bindingVersion: nil,
            issuedAt: issuedAt,
            effectiveTo: current.effectiveTo,
            cascadeBy: subject.cascadeBy,
            recalledAt: directive.recalledAt,
            supersededBy: directive.succession?.by,
            hops: hops.sorted { $0.key < $1.key }.map { DirectiveFigures.Hop(hop: $0.key, tally: $0.value) },
            total: hops.values.reduce(CascadeTally(), +),
            stopped: branches.values.count { !$0.missing.isEmpty },
            notes: branches.values.reduce(0) { $0 + $1.notes.count }
        )
    }
}
