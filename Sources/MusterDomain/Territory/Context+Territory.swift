import EventSourcing
import Records

extension Context {
    /// When a clock begins that starts with the actor's own deed.
    var began: Timestamp { min(occurredAt, now) }

    /// A building that is on record and on the actor's ground.
    func requireRegistered(_ building: TerritoryID, isOpenToResidents: Bool = false) throws(Rejection) {
        guard let place = territories.territory(building) else { throw .territoryUnknown(building) }
        guard place.level == .building else { throw .wrongLevel(place, .building) }
        // What happened before it was retired may come in late (R0.3).
        if let until = place.until, until <= occurredAt { throw .retired(place) }
        // Residents have no post; whether the household is theirs, the registry says.
        if isOpenToResidents, actor.role == .resident { return }
        try requireCovers(building)
    }

    /// A person may have a grid when they hold a grid worker's post on its ground, or in its community.
    func requireGridWorker(_ person: PersonID, near ground: TerritoryID) throws(Rejection) {
        let community = territories.territory(of: .community, holding: ground) ?? ground
        let isWorker = authority.posts(of: person, at: occurredAt).contains { post in
            post.role == .gridWorker
                && (territories.overlap(post.territory, community) || territories.covers(post.territory, ground))
        }
        if isWorker { return }
        throw Rejection(
            rule: "S1",
            reason: "no-post",
            Words(
                "\(person) held no post of a grid worker in \(community) then.",
                zh: "\(person) 当时在 \(community) 没有网格员任职。"
            ),
            advice: Words("An administrator can appoint the person.", zh: "可由系统管理员任命。")
        )
    }

    /// While an incident is active on its ground a grid comes into being with its worker (R2.3).
    func requireWorker(of plan: GridPlan, onGround ground: TerritoryID) throws(Rejection) {
        if let worker = plan.worker { return try requireGridWorker(worker, near: ground) }
        guard let alert = territories.alert(on: ground) else { return }
        throw Rejection(
            rule: "R2.3",
            reason: "worker-missing",
            Words(
                "Incident \(alert.incident) is active: \(plan.grid) needs its primary worker at once.",
                zh: "事件 \(alert.incident) 处置期间，\(plan.grid) 须同时明确主责网格员。"
            ),
            advice: Words("Name who works there.", zh: "请填写网格员。")
        )
    }

    /// That the patch police is to go to a household, by the first event of this command. To whom the list gives the duty;
    /// what nobody has on it is the district's to give.
    func referral(
        of household: HouseholdID,
        in building: TerritoryID,
        attempt: Int,
        isRevisitMissed: Bool? = nil
    ) -> HouseholdReferred {
        let duty = limits.territory.policeDuty
        return HouseholdReferred(
            building: building,
            household: household,
            attempt: attempt,
            duty: duty,
            party: responsibility(for: duty, in: building)?.responsible,
            basis: EventID(command: command, ordinal: 0),
            isRevisitMissed: isRevisitMissed
        )
    }

    /// Until when a household that becomes vulnerable now is to be checked; nil while no incident is active there.
    func alertCheck(in building: TerritoryID) -> Timestamp? {
        territories.alert(on: building) == nil ? nil : now + limits.territory.vulnerableCheck
    }

    /// Until when a household that was met is to be checked again; nil where nobody must.
    func nextCheck(of household: Household, in building: TerritoryID) -> Timestamp? {
        guard household.vulnerability != nil, territories.alert(on: building) != nil else { return nil }
        return began + limits.territory.vulnerableCheck
    }
}
