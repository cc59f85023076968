package import EventSourcing
package import MusterDomain

/// A matter that a community wanted to blow the whistle for, and may not: consent was asked for and refused, or nobody has
/// answered yet. It has died in approval when nobody has gone on with it.
package struct UnapprovedMatter: Hashable, Sendable {
    package let matter: MatterID
    package let title: String
    package let kind: ReportKind
    package let place: String
    package let territory: TerritoryID
    package let askedAt: Timestamp
    /// Whether it was refused, and not merely left unanswered.
    package let isRefused: Bool
    /// Since when it lies there: the refusal, or the end of the limit.
    package let since: Timestamp
    /// Who refused it. Of one that nobody answered only the territory's community is known.
    let refusedBy: PartyID?

    /// Nil for matters that nobody asked about, that were approved, or that went on.
    init?(_ file: MatterFile) {
        guard let approval = file.approval, let subject = file.matter.subject,
            let since = approval.refusedAt ?? approval.answerBy
        else { return nil }
        matter = subject.matter
        title = file.title
        kind = subject.kind
        place = file.place
        territory = subject.territory
        askedAt = approval.askedAt
        isRefused = approval.refusedAt != nil
        self.since = since
        refusedBy = approval.refusedBy
    }
}
