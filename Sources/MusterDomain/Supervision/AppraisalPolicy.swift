import EventSourcing
import Records

/// Asks the inspectors at the end of each month for its appraisal (S14). It publishes none itself: somebody answers for
/// what is told of others.
package struct AppraisalPolicy: Policy {
    package static let name = "appraisals"

    /// The town's distance from UTC, which decides where a month begins.
    private let offset: Duration
    private var offices = Offices()
    /// The outermost ground.
    private var ground: TerritoryID?
    /// In which the log begins.
    private var first: AppraisalMonth?
    /// That of the newest fact.
    private var latest: AppraisalMonth?
    /// What was asked for or published, of this month and the one before.
    private var settled: Set<AppraisalID> = []

    package init(offset: Duration = .seconds(8 * 3_600)) {
        self.offset = offset
    }

    package mutating func evolve(_ fact: Fact) {
        offices.evolve(fact)
        let month = AppraisalMonth(of: fact.origin.recordedAt, offset: offset)
        first = first ?? month
        if latest.map({ $0 < month }) ?? true {
            latest = month
            settled.formIntersection([month.previous.appraisal].compactMap(\.self))
        }
        switch fact.event {
        case .territory(.defined(let payload)) where payload.parent == nil: ground = ground ?? payload.territory
        case .appraisal(.asked(let payload)): settled.insert(payload.appraisal)
        case .appraisal(.published(let payload)): settled.insert(payload.appraisal)
        default: break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .appraisal(.asked(let asked)) = fact.event else { return [] }
        let now = fact.origin.recordedAt
        guard let party = offices.highest(.inspector, at: now) ?? offices.highest(.districtCommand, at: now) else {
            return []
        }
        let task = AppraisalDelivery(appraisal: asked.appraisal, kind: .appraisal, from: asked.from, to: asked.to)
        let line = Words("publish \(asked.appraisal)", zh: "公布 \(asked.appraisal)")
        return [.deliver(TaskDelivery(.appraisal(task), to: party, because: fact, line: line))]
    }

    /// Of the month that runs, and of the one before where its end fell into a time in which nothing ran. Earlier ones are
    /// asked for no more: `muster appraise` computes any period.
    package var timers: [PolicyTimer] {
        guard let ground, let first, let latest else { return [] }
        return [latest.previous, latest].filter { $0 >= first }.compactMap { month in
            guard let appraisal = month.appraisal, !settled.contains(appraisal) else { return nil }
            return PolicyTimer(
                key: "appraisal/\(appraisal)",
                due: month.end,
                command: AskForAppraisal(appraisal: appraisal, from: month.start, to: month.end),
                actor: .system(in: ground),
                cause: nil
            )
        }
    }
}
