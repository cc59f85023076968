package import EventSourcing

/// Something that must be dealt with, from the report to the resident's answer. Its state holds what decides, no prose.
package struct Matter: Aggregate, Hashable {
    /// What was said when it was raised.
    package struct Subject: Hashable, Sendable {
        package let matter: MatterID
        package let report: ReportID?
        package let kind: ReportKind
        package let territory: TerritoryID
        package let reporter: PersonID?
        package let urgency: Urgency
    }

    /// Nil before it is raised.
    package internal(set) var subject: Subject?
    package internal(set) var stage = MatterStage.unraised
    package internal(set) var investigator: PersonID?
    /// The findings that stand, by their events; those that were put right are not among them (R0.4).
    package internal(set) var findings: Set<EventID> = []
    /// What the latest findings say; nil without findings.
    package internal(set) var needsDepartment: Bool?
    /// Every whistle there was, in order (R3.8).
    package internal(set) var rounds: [WhistleRound] = []
    /// In the order in which they were given.
    package internal(set) var tasks: [MatterTask] = []
    /// Who has filed since the last whistle or reopening.
    package internal(set) var filings: Set<FilingSide> = []
    /// When it was closed last; nil while it is open.
    package internal(set) var closedAt: Timestamp?
    /// The appeal about its last ending; nil when there was none.
    package internal(set) var review: MatterReview?
    /// Who closed it last.
    var closedBy: PartyID?
    /// Those who brought the same thing up in reports that go along with this one (R5.3).
    package internal(set) var joinedReporters: Set<PersonID> = []
    /// The matter that it goes along with; nil for all that are dealt with by themselves.
    package internal(set) var mergedInto: MatterID?

    package init() {}

    package static func stream(_ matter: MatterID) -> StreamName {
        StreamName(category: "matter", id: matter.rawValue)
    }

    /// The whistle that is open; at most one is.
    package var openRound: WhistleRound? {
        guard let last = rounds.last, last.isOpen else { return nil }
        return last
    }

    /// Whether somebody brought it up, and is asked how it ended.
    package func hasReporter(_ person: PersonID) -> Bool {
        subject?.reporter == person || joinedReporters.contains(person)
    }

    /// Everybody who brought it up.
    package var reporters: Set<PersonID> {
        guard let reporter = subject?.reporter else { return joinedReporters }
        return joinedReporters.union([reporter])
    }

    /// Where it stands in the words of the lifecycle; nil before it is raised.
    package var status: MatterStatus? {
        switch stage {
        case .unraised: nil
        case .raised: .raised
        case .investigating: .investigating
        case .resolvedLocally: .resolvedLocally
        case .awaitingConsent: .awaitingConsent
        case .consented: .consented
        case .whistled: filings.isEmpty ? .whistled : .filedOneSide
        case .inAction: filings.isEmpty ? .inAction : .filedOneSide
        case .filedBoth: .filedBoth
        case .awaitingFeedback: .awaitingFeedback
        case .answered: .answered
        case .closed: .closed
        case .reopened: .reopened
        }
    }
}
