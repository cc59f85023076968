package import EventSourcing

/// The surges that are open, and which times hold in them (R5.5).
package struct OpenSurges: Sendable {
    /// By the territory that each was declared for.
    package private(set) var all: [TerritoryID: SurgeDeclared] = [:]

    package init() {}

    package mutating func evolve(_ event: DeskEvent) {
        switch event {
        case .surgeDeclared(let payload): all[payload.territory] = payload
        case .surgeEnded(let payload): all[payload.territory] = nil
        case .callAbandoned, .callBackExtended, .callReturned, .callOverdue: break
        }
    }

    /// The surge of a territory, or the nearest around it; nil when it has none.
    package func surge(over territory: TerritoryID, _ territories: TerritoryRegister) -> SurgeDeclared? {
        if all.isEmpty { return nil }
        return ([territory] + territories.ancestors(of: territory)).lazy.compactMap { all[$0] }.first
    }

    /// Until when somebody is to deal with a report that came in now; nil for one that has no clock. Who has a smartphone
    /// waits longer in a surge, and nobody in danger (R5.4, R5.6).
    package func clock(
        of report: ReportSubmitted,
        _ origin: Origin,
        _ territories: TerritoryRegister
    ) -> ReportClock? {
        if !report.isPressing, report.channel == .app || report.channel == .web,
            let surge = surge(over: report.territory, territories)
        {
            let due = max(origin.recordedAt, origin.occurredAt) + surge.answerLimit
            return ReportClock(due: due, limit: surge.answerLimit, isInSurge: true)
        }
        guard let due = report.answerBy, let limit = report.limit else { return nil }
        return ReportClock(due: due, limit: limit, isInSurge: false)
    }
}

/// How long a report may wait.
package struct ReportClock: Hashable, Sendable {
    package let due: Timestamp
    package let limit: Duration
    package let isInSurge: Bool
}
