import EventSourcing

/// What the policy of directives remembers of one: where it applies and when, and who has it.
struct DirectiveCourse: Sendable {
    let subject: Directive.Subject
    private(set) var versions: [DirectiveVersion]
    private(set) var replyBy: Timestamp?
    private(set) var recalledAt: Timestamp?
    private(set) var succession: Directive.Succession?
    /// Everybody who has it, for information or more.
    private(set) var holders: Set<Addressee>
    /// Those with which it is known to be at odds.
    private(set) var contradictions: Set<DirectiveID> = []

    /// Nil for a directive without its beginning.
    init?(_ issued: DirectiveIssued, from origin: Origin) {
        var directive = Directive()
        directive.evolve(.issued(issued), from: origin)
        guard let subject = directive.subject else { return nil }
        self.subject = subject
        versions = directive.versions
        replyBy = issued.replyBy
        holders = Set(issued.audience).union(issued.copies)
    }

    mutating func take(_ relay: DirectiveRelayed) { holders.formUnion(relay.to + relay.copies) }

    mutating func take(_ amendment: DirectiveAmended) {
        versions.append(amendment.inForce)
        replyBy = amendment.replyBy
    }

    mutating func recall(at time: Timestamp) { recalledAt = time }

    mutating func take(_ supersession: DirectiveSuperseded) {
        succession = Directive.Succession(by: supersession.by, from: supersession.from)
    }

    /// Whether its end is known, though it may be to come.
    var hasEnd: Bool { recalledAt != nil || succession != nil }

    mutating func contradicts(_ other: DirectiveID) { contradictions.insert(other) }

    /// Nobody is told anything of it any more.
    mutating func forgetHolders() { holders = [] }

    /// Whether both bind somewhere at some time.
    func overlaps(_ other: DirectiveCourse, in territories: TerritoryRegister) -> Bool {
        guard let begin = period.begin, let otherBegin = other.period.begin else { return false }
        let isSameTime =
            other.period.end.map { begin < $0 } ?? true && period.end.map { otherBegin < $0 } ?? true
        return isSameTime && (holds(other.subject.area, in: territories) || other.holds(subject.area, in: territories))
    }

    private var period: (begin: Timestamp?, end: Timestamp?) {
        let end = [recalledAt, succession?.from, versions.last?.effectiveTo].compactMap { $0 }.min()
        return (versions.map(\.bindsFrom).min(), end)
    }

    private func holds(_ area: [TerritoryID], in territories: TerritoryRegister) -> Bool {
        let own = Set(subject.area)
        return area.contains { place in
            own.contains(place) || territories.ancestors(of: place).contains(where: own.contains)
        }
    }
}
