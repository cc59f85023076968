package import EventSourcing

/// One incident, from the suspicion to the closing, worked on by several groups at once. Its state holds what decides,
/// no prose. The version of its playbook is a part of it: it was recorded when the playbook was activated, so that
/// nothing that is published later changes a running incident (R6.7).
package struct Incident: Aggregate, Hashable {
    /// More sites than this are several incidents.
    package static let maximumSites = 100
    static let maximumRounds = 100

    /// What was said when it was suspected.
    package struct Subject: Hashable, Sendable {
        package let incident: IncidentID
        package let kind: IncidentKindID
        package let territory: TerritoryID
        /// Whom it is about; nil for an incident of no person.
        package let person: PersonID?
        package let day: CaseDay
        /// Who has this duty verifies; nil leaves it to any department.
        package let verifyDuty: DutyID?
    }

    /// Nil before it is suspected.
    package internal(set) var subject: Subject?
    package internal(set) var status: IncidentStatus?
    /// Where it was, in the order in which the places became known.
    package internal(set) var sites: [SiteID] = []
    package internal(set) var level: IncidentLevel?
    /// Nil before the activation.
    package internal(set) var playbook: Playbook?
    /// 1 from the activation on; higher after each reopening.
    package internal(set) var round = 0
    /// Those that have stood up in this round.
    package internal(set) var groups: [GroupID: GroupWork] = [:]
    /// Every step of the playbook.
    package internal(set) var steps: [StepID: StepWork] = [:]
    /// Every re-check that the follow-up asks for; empty before it is open.
    package internal(set) var rechecks: [RecheckID: RecheckWork] = [:]
    package internal(set) var isSummarised = false
    /// What runs now.
    package internal(set) var clocks: [IncidentClock: IncidentDeadline] = [:]

    package init() {}

    package static func stream(_ incident: IncidentID) -> StreamName {
        StreamName(category: "incident", id: incident.rawValue)
    }

    /// The sites that no finished step of those that must cover all has covered yet (R6.2); none before the activation.
    package var uncoveredSites: [SiteID] {
        let covering = steps.values.filter { $0.step.coversSites }
        guard !covering.isEmpty else { return [] }
        return sites.filter { site in !covering.allSatisfy { $0.covered.contains(site) } }
    }
}

/// A group that has stood up.
package struct GroupWork: Hashable, Sendable {
    package let party: PartyID
    package internal(set) var lead: PersonID?
    /// False once it has stood down.
    package internal(set) var isStanding = true
}

/// A step of the playbook, and how far it is.
package struct StepWork: Hashable, Sendable {
    package let step: PlaybookStep
    package let group: GroupID
    package internal(set) var state = StepState.waiting
    /// When it was begun, as its group says; nil before.
    package internal(set) var startedAt: Timestamp?
    /// The sites that it covered.
    package internal(set) var covered: Set<SiteID> = []
    /// The report of its completion that stands; a correction names it (R0.4).
    package internal(set) var completedBy: EventID?
}

/// A re-check that is due some time.
package struct RecheckWork: Hashable, Sendable {
    package let notBefore: Timestamp
    package internal(set) var isPassed = false
}
