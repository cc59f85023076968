import MusterDomain

/// What about a matter waits for a person: departments that deny their competence, a side that has not filed, a consent that
/// was asked for and is not there.
struct MatterNote: Sendable {
    let disputes: [PartyID: MatterFile.Dispute]
    let halfFiled: HalfFiledMatter?
    let unapproved: UnapprovedMatter?
}

extension MatterFile {
    /// Nil when there is none of them.
    var note: MatterNote? {
        let unapproved = UnapprovedMatter(self)
        guard isDisputed || isHalfFiled || unapproved != nil else { return nil }
        var disputes: [PartyID: Dispute] = [:]
        for history in histories { disputes[history.department] = history.dispute }
        return MatterNote(disputes: disputes, halfFiled: HalfFiledMatter(self), unapproved: unapproved)
    }

    /// Whether a department's objection waits for a ruling.
    private var isDisputed: Bool {
        guard let round = matter.rounds.last, round.isOpen else { return false }
        return round.calls.contains { call in
            if case .disputed = call.state { true } else { false }
        }
    }

    /// Whether one side has filed and the other has not (R3.5).
    var isHalfFiled: Bool {
        matter.filings.count == 1 && matter.status != .closed
    }
}
