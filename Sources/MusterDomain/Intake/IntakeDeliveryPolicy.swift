import EventSourcing
import Records

/// Brings what came in to those who have to act on it: a report to the party that it was passed on to, a direct report to all
/// its levels at once (R5.2), and to the desk what nobody dealt with in time. No task says what somebody said, or who.
package struct IntakeDeliveryPolicy: Policy {
    package static let name = "intake-deliveries"

    /// What the passing on of a report does not repeat.
    private struct Brief {
        let kind: ReportKind
        let territory: TerritoryID
        let isUrgent: Bool
    }

    private var offices = Offices()
    /// Of reports whose matter is not over.
    private var briefs: [ReportID: Brief] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        offices.evolve(fact)
        switch fact.event {
        case .report(.submitted(let payload)):
            briefs[payload.report] = Brief(
                kind: payload.kind,
                territory: payload.territory,
                isUrgent: payload.isPressing
            )
        case .report(.answered(let payload)): briefs[payload.report] = nil
        case .report(.joined(let payload)): briefs[payload.report] = nil
        case .matter(.closed(let payload)):
            if let report = ReportID(rawValue: payload.matter.rawValue) { briefs[report] = nil }
        default: break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .report(.routed(let payload)): passOn(payload, fact)
        case .report(.overdue(let payload)): remind(payload, fact)
        case .desk(.callOverdue(let payload)): remind(payload, fact)
        case .directReport(.filed(let payload)): tell(payload, fact)
        default: []
        }
    }

    /// Whoever keeps a report knows of it.
    private func passOn(_ routed: ReportRouted, _ fact: Fact) -> [Reaction] {
        guard routed.party != fact.origin.actor.party else { return [] }
        let brief = briefs[routed.report]
        let task = ReportDelivery(
            report: routed.report,
            kind: .report,
            about: brief?.kind,
            territory: brief?.territory,
            duty: routed.duty,
            isUrgent: brief?.isUrgent ?? false
        )
        let words = brief?.kind.words ?? Words("Report", zh: "报告")
        let line = Words("\(words.en), \(routed.report)", zh: "\(words.zh)，\(routed.report)")
        return [.deliver(TaskDelivery(.report(task), to: routed.party, because: fact, line: line))]
    }

    // MARK: Overdue

    /// The hotline's desk; where there is none, whoever runs the ground.
    private func desk(of territory: TerritoryID, _ fact: Fact) -> PartyID? {
        let now = fact.origin.recordedAt
        return offices.nearest(.hotlineClerk, to: territory, at: now) ?? offices.offices(from: territory, at: now).first
    }

    /// Where somebody may be in danger the street is told too.
    private func remind(_ overdue: ReportOverdue, _ fact: Fact) -> [Reaction] {
        let brief = briefs[overdue.report]
        let street = offices.office(of: .street, around: overdue.territory, at: fact.origin.recordedAt)
        let desk = desk(of: overdue.territory, fact)
        let parties = brief?.isUrgent == true && street != desk ? [desk, street] : [desk]
        let task = ReportDelivery(
            report: overdue.report,
            kind: .reportOverdue,
            about: brief?.kind,
            territory: overdue.territory,
            isUrgent: brief?.isUrgent ?? false,
            due: overdue.dueBy
        )
        let words = brief?.kind.words ?? Words("Report", zh: "报告")
        let line = Words("\(words.en), \(overdue.report)", zh: "\(words.zh)，\(overdue.report)")
        return parties.compactMap(\.self).map { party in
            .deliver(TaskDelivery(.report(task), to: party, because: fact, line: line))
        }
    }

    private func remind(_ overdue: CallOverdue, _ fact: Fact) -> [Reaction] {
        guard let party = desk(of: overdue.territory, fact) else { return [] }
        let task = CallDelivery(
            call: overdue.call,
            kind: .callOverdue,
            territory: overdue.territory,
            due: overdue.dueBy,
            attempts: overdue.attempts
        )
        let line = Words(
            "\(overdue.call), tried \(overdue.attempts) times",
            zh: "\(overdue.call)，已回拨 \(overdue.attempts) 次"
        )
        return [.deliver(TaskDelivery(.call(task), to: party, because: fact, line: line))]
    }

    // MARK: Direct reports

    /// Each level hears of it by itself: none waits for another.
    private func tell(_ filed: DirectReportFiled, _ fact: Fact) -> [Reaction] {
        let copies = filed.copies ?? []
        return (filed.to + copies).compactMap { level in
            guard let role = offices.territories.territory(level)?.level.office,
                let party = offices.parties(of: role, in: level, at: fact.origin.recordedAt).first
            else { return nil }
            let task = DirectReportDelivery(
                directReport: filed.directReport,
                kind: .directReport,
                territory: filed.territory,
                level: level,
                isCopy: copies.contains(level),
                day: filed.day,
                corrects: filed.corrects
            )
            let place = offices.territories.words(of: filed.territory)
            let line = Words(
                "\(filed.directReport), \(place?.en ?? filed.territory.rawValue)",
                zh: "\(filed.directReport)，\(place?.zh ?? filed.territory.rawValue)"
            )
            // One party may run several levels.
            let delivery = TaskDelivery(
                .directReport(task),
                to: party,
                because: fact,
                part: level.rawValue,
                line: line
            )
            return .deliver(delivery)
        }
    }
}
