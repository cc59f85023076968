import EventSourcing

/// What follows on the ground: grids that became others get their workers, incidents put their ground on alert, and the
/// registries of buildings are looked through when a deadline of theirs has passed (S2).
package struct GridPolicy: Policy {
    package static let name = "grids"
    /// More timers than this are not asked for at a time: each that fires makes room for the next.
    private static let timersAtOnce = 200

    private var territories = TerritoryRegister()
    private var authority = Authority()
    private var posts: [TerritoryID: GridPost] = [:]
    /// Where incidents are.
    private var grounds: [IncidentID: TerritoryID] = [:]
    /// Buildings in which somebody needs looking after.
    private var vulnerable: Set<TerritoryID> = []
    /// When the registry of each building is to be looked through next.
    private var deadlines = Deadlines<TerritoryID>()

    package init() {}

    // MARK: Folding

    package mutating func evolve(_ fact: Fact) {
        switch fact.event {
        case .territory(let event):
            territories.evolve(event, from: fact.origin)
            if case .alerted(let payload) = event { alert(payload, fact) }
        case .authority(let event): authority.evolve(event, from: fact.origin)
        case .gridWorker(let event):
            posts[event.grid, default: GridPost()].evolve(event, from: fact.origin)
            if posts[event.grid] == GridPost() { posts[event.grid] = nil }
        case .incident(.caseSuspected(let payload)): grounds[payload.incident] = payload.territory
        case .incident(.caseRuledOut(let payload)): grounds[payload.incident] = nil
        case .household(let event): evolve(event, fact)
        default: break
        }
    }

    private mutating func evolve(_ event: HouseholdEvent, _ fact: Fact) {
        let building = event.building
        if let tally = event.tally {
            if tally.vulnerable > 0 { vulnerable.insert(building) } else { vulnerable.remove(building) }
        }
        if case .swept(let payload) = event {
            // None is left where nothing is waited for.
            deadlines.remove(building)
            if let nextBy = payload.nextBy { deadlines.set(building, nextBy, because: fact.id) }
        } else if let due = event.firstDeadline {
            deadlines.lower(building, to: due, because: fact.id)
        }
    }

    private mutating func alert(_ payload: TerritoryAlerted, _ fact: Fact) {
        let ground = territories.territory(of: .grid, holding: payload.territory) ?? payload.territory
        for building in vulnerable where territories.overlap(ground, building) {
            deadlines.lower(building, to: payload.checkBy, because: fact.id)
        }
    }

    // MARK: Reacting

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .incident(.declared(let payload)): alert(payload.incident, fact)
        case .incident(.reopened(let payload)): alert(payload.incident, fact)
        case .incident(.closed(let payload)):
            [issue(LiftTerritoryAlert(incident: payload.incident), in: fact.origin.actor.territory, "lift", fact)]
        case .territory(.gridDrawn(let payload)): assign([payload.grid], fact)
        case .territory(.gridSplit(let payload)): assign(payload.parts, fact) + relieve([payload.grid], fact)
        case .territory(.gridMerged(let payload)): assign([payload.into], fact) + relieve(payload.grids, fact)
        case .territory(.retired(let payload)): relieve([payload.territory], fact)
        case .authority(.appointmentEnded(let payload)): end(payload, fact)
        default: []
        }
    }

    private func alert(_ incident: IncidentID, _ fact: Fact) -> [Reaction] {
        guard let ground = grounds[incident] else { return [] }
        return [issue(AlertTerritory(incident: incident, territory: ground), in: ground, "alert", fact)]
    }

    private func assign(_ parts: [GridPart], _ fact: Fact) -> [Reaction] {
        parts.compactMap { part in
            guard let worker = part.worker else { return nil }
            return issue(AssignGridWorker(grid: part.grid, person: worker), in: part.grid, "assign/\(part.grid)", fact)
        }
    }

    private func relieve(_ grids: [TerritoryID], _ fact: Fact) -> [Reaction] {
        grids.flatMap { grid -> [Reaction] in
            guard let post = posts[grid] else { return [] }
            return ([post.primary].compactMap(\.self) + post.support.sorted()).map { person in
                relieve(person, of: grid, Self.gridEnded, fact)
            }
        }
    }

    /// Whose last post of a grid worker has ended answers for no grid any more.
    private func end(_ payload: AppointmentEnded, _ fact: Fact) -> [Reaction] {
        let now = fact.origin.recordedAt
        guard payload.role == .gridWorker, payload.at <= now,
            !authority.posts(of: payload.person, at: now).contains(where: { $0.role == .gridWorker })
        else { return [] }
        return posts.filter { $0.value.kind(of: payload.person) != nil }.keys.sorted().map { grid in
            relieve(payload.person, of: grid, Self.postEnded, fact)
        }
    }

    private func relieve(_ person: PersonID, of grid: TerritoryID, _ reason: String, _ fact: Fact) -> Reaction {
        let command = RelieveGridWorker(grid: grid, person: person, reason: reason)
        return issue(command, in: grid, "relieve/\(grid)/\(person)", fact)
    }

    private func issue(_ command: any Command, in territory: TerritoryID, _ key: String, _ fact: Fact) -> Reaction {
        .issue(command: command, actor: .system(in: territory), key: "\(key)/\(fact.id)")
    }

    private static let gridEnded = "The grid is no more. 网格已撤销。"
    private static let postEnded = "The post has ended. 任职已结束。"

    // MARK: Timers

    package var timers: [PolicyTimer] {
        deadlines.earliest(Self.timersAtOnce).map { entry in
            PolicyTimer(
                // The cause is a part of the key: a late fact may set the same deadline again.
                key: "registry/\(entry.key)/\(entry.due)/\(entry.cause)",
                due: entry.due,
                command: SweepRegistry(building: entry.key, dueBy: entry.due),
                actor: .system(in: entry.key),
                cause: entry.cause
            )
        }
    }
}
