import EventSourcing

/// Counts what comes in, by district and hour, and declares a surge when it is far more than usual in the hour or too
/// many callers hang up; ends it when it has been quiet for long enough. Who hangs up meanwhile may be called back later
/// (R5.5).
///
/// It counts by when the log learned of things: paper that is typed in days later is work of today's desk. What it keeps
/// does not grow: one hour that runs, and the same hours of some days.
package struct SurgePolicy: Policy {
    package static let name = "surge"

    private let limits: SurgeLimits
    private var territories = TerritoryRegister()
    private var desks: [TerritoryID: ArrivalCounts] = [:]
    private var open: [TerritoryID: OpenSurge] = [:]
    private var surges = OpenSurges()
    /// What the last fact made necessary.
    private var declaration: Declaration?

    private struct OpenSurge: Sendable {
        let number: Int
        let declaredBy: EventID
        /// Nil for a surge that a person declared, and so ends.
        var quietAt: Timestamp?
    }

    private struct Declaration: Sendable {
        let territory: TerritoryID
        let ground: SurgeGround
        let counts: ArrivalCounts
    }

    package init(limits: Limits) {
        self.limits = limits.intake.surge
    }

    package mutating func evolve(_ fact: Fact) {
        declaration = nil
        if case .desk(let event) = fact.event { surges.evolve(event) }
        switch fact.event {
        case .territory(let event): territories.evolve(event, from: fact.origin)
        case .report(.submitted(let report)) where report.splitFrom == nil:
            count(in: report.territory, at: fact.origin.recordedAt) { $0.arrive(by: report.channel) }
        case .desk(.callAbandoned(let call)):
            count(in: call.territory, at: fact.origin.recordedAt) { $0.abandon() }
        case .desk(.surgeDeclared(let surge)): begin(surge, fact)
        case .desk(.surgeEnded(let surge)): open[surge.territory] = nil
        default: break
        }
    }

    private mutating func begin(_ surge: SurgeDeclared, _ fact: Fact) {
        let isCounted = fact.origin.actor.role == .system
        open[surge.territory] = OpenSurge(
            number: surge.number,
            declaredBy: fact.id,
            quietAt: isCounted ? ArrivalCounts.endOfHour(fact.origin.recordedAt) + limits.quiet : nil
        )
    }

    private mutating func count(
        in territory: TerritoryID,
        at time: Timestamp,
        _ change: (inout ArrivalCounts) -> Void
    ) {
        let desk = desk(of: territory)
        let index: Dictionary<TerritoryID, ArrivalCounts>.Index
        if let known = desks.index(forKey: desk) {
            index = known
        } else {
            desks[desk] = ArrivalCounts(days: limits.days, minimumDays: limits.minimumDays)
            guard let new = desks.index(forKey: desk) else { return }
            index = new
        }
        desks.values[index].move(to: time)
        change(&desks.values[index])
        let counts = desks.values[index]
        if let surge = open[desk] {
            // Once in a busy hour its end moves.
            let quietAt = counts.end + limits.quiet
            if let before = surge.quietAt, before < quietAt, !counts.isQuiet(limits) { open[desk]?.quietAt = quietAt }
        } else if !counts.isDeclared, let ground = counts.surge(limits) {
            desks.values[index].isDeclared = true
            declaration = Declaration(territory: desk, ground: ground, counts: counts)
        }
    }

    /// Calls come to a district's desk; where no district is, to that of the top.
    private func desk(of territory: TerritoryID) -> TerritoryID {
        territories.territory(of: .district, holding: territory)
            ?? territories.ancestors(of: territory).last ?? territory
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        declare(fact) + extend(fact)
    }

    private func declare(_ fact: Fact) -> [Reaction] {
        guard let declaration else { return [] }
        let counts = declaration.counts
        let command = OpenSurgeDesk(
            territory: declaration.territory,
            ground: declaration.ground,
            arrivals: counts.arrivals,
            usual: counts.usual,
            abandonedPercent: counts.abandonedPercent
        )
        return [
            .issue(
                command: command,
                actor: .system(in: declaration.territory),
                key: "declare/\(declaration.territory)/\(fact.id)"
            )
        ]
    }

    private func extend(_ fact: Fact) -> [Reaction] {
        guard case .desk(.callAbandoned(let call)) = fact.event, call.callBackBy != nil,
            let surge = surges.surge(over: call.territory, territories)
        else { return [] }
        let command = ExtendCallBack(
            call: call.call,
            surge: surge.territory,
            number: surge.number,
            callBackBy: fact.origin.recordedAt + surge.callBackLimit,
            limit: surge.callBackLimit
        )
        return [.issue(command: command, actor: .system(in: call.territory), key: "extend/\(fact.id)")]
    }

    package var timers: [PolicyTimer] {
        open.compactMap { territory, surge in
            surge.quietAt.map { quietAt in
                PolicyTimer(
                    key: "surge-end/\(territory)/\(surge.number)/\(quietAt)",
                    due: quietAt,
                    command: CloseSurgeDesk(territory: territory, number: surge.number, quietAt: quietAt),
                    actor: .system(in: territory),
                    cause: surge.declaredBy
                )
            }
        }
        .sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }
}
