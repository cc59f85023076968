import EventSourcing
import Records

/// What many decisions ask of the actor, the territory and the responsibility list.
extension Context {
    /// The actor's territory must hold the subject's: a community head of another community is refused. Muster itself
    /// may act everywhere. Those who are addressed by name, as a called department, are not asked this.
    func requireCovers(_ territory: TerritoryID) throws(Rejection) {
        if actor.role == .system || territories.covers(actor.territory, territory) { return }
        throw Rejection(
            kind: .forbidden,
            rule: "S1",
            reason: "outside-territory",
            Words(
                "\(territory) lies outside \(actor.territory), for which \(actor.person) acts.",
                zh: "\(territory) 不在 \(actor.person) 所辖的 \(actor.territory) 内。"
            ),
            advice: Words("Someone who acts for that territory can decide.", zh: "请由负责该区域的人员处理。")
        )
    }

    /// The actor must act for this very party.
    func requireActsFor(_ party: PartyID) throws(Rejection) {
        if actor.party == party { return }
        throw Rejection(
            kind: .forbidden,
            rule: "S1",
            reason: "not-your-party",
            Words(
                "This is for \(party) to say, not for \(actor.party).",
                zh: "此事应由 \(party) 办理，而不是 \(actor.party)。"
            )
        )
    }

    func requireTerritory(_ territory: TerritoryID) throws(Rejection) {
        guard let place = territories.territory(territory) else { throw .territoryUnknown(territory) }
        // Muster itself goes on with what began before.
        if let until = place.until, until <= occurredAt, actor.role != .system { throw .retired(place) }
    }

    @discardableResult
    func requireParty(_ party: PartyID) throws(Rejection) -> Party {
        if let party = authority.parties[party] { return party }
        throw Rejection(
            kind: .notFound,
            rule: "S1",
            reason: "party-unknown",
            Words("Party \(party) is not registered.", zh: "单位 \(party) 未登记。")
        )
    }

    /// Who has a duty in a territory, by the list that was in force when the command's deed happened (R1.7).
    func responsibility(for duty: DutyID, in territory: TerritoryID) -> ResponsibilityEntry? {
        authority.list(at: occurredAt)?.entry(for: duty, in: territory, of: territories)
    }

    /// A party may be called for a duty when the list names it; what nobody has goes to the district (R1.5, R3.3).
    func requireCallable(_ department: PartyID, for duty: DutyID, in territory: TerritoryID) throws(Rejection) {
        let party = try requireParty(department)
        guard party.kind == .department || party.kind == .district else {
            throw Rejection(
                rule: "S3",
                reason: "not-a-department",
                Words("\(department) is no department.", zh: "\(department) 不是部门。"),
                advice: Words("Delegate a task to it instead.", zh: "请改为交办任务。")
            )
        }
        guard let entry = responsibility(for: duty, in: territory) else {
            if party.kind == .district { return }
            throw nobodyResponsible(
                for: duty,
                in: territory,
                advice: Words("Call the district, which takes what nobody has.", zh: "请召集区级单位兜底。")
            )
        }
        guard entry.names(department) else { throw notOnList(department, entry) }
    }

    /// A deed cannot lie before what it answers. Two people's clocks may differ by as much as one may run ahead.
    func requireNotBefore(_ earlier: Timestamp, _ reason: String, _ words: Words) throws(Rejection) {
        if occurredAt + limits.clockAhead >= earlier { return }
        throw Rejection(rule: "S3", reason: reason, words)
    }

    /// When a clock that starts with the actor's own deed begins: when it happened, but never before what it answers
    /// and never in the future.
    func start(notBefore earlier: Timestamp) -> Timestamp { max(min(occurredAt, now), earlier) }
}
