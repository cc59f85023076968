package import Records

/// How one party stands in an appraisal.
package struct AppraisalLine: Hashable, Sendable {
    package let party: PartyID
    package let outcomes: PartyOutcomes
    /// Open at the end, with a step that was due.
    package let overdueOpen: Int
    /// Nil for a party that led nothing.
    package let score: Int?

    package init(party: PartyID, outcomes: PartyOutcomes, overdueOpen: Int, score: Int?) {
        self.party = party
        self.outcomes = outcomes
        self.overdueOpen = overdueOpen
        self.score = score
    }

    private init(
        party: PartyID,
        closedOnTime: Int,
        closedLate: Int,
        overdueOpen: Int,
        solved: Int,
        notSolved: Int,
        silent: Int,
        appealsUpheld: Int,
        score: Int?
    ) {
        self.init(
            party: party,
            outcomes: PartyOutcomes(
                closedOnTime: closedOnTime,
                closedLate: closedLate,
                solved: solved,
                notSolved: notSolved,
                silent: silent,
                appealsUpheld: appealsUpheld
            ),
            overdueOpen: overdueOpen,
            score: score
        )
    }

    package static let record = Record<AppraisalLine>(
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("closedOnTime", \.outcomes.closedOnTime, .count, Words("Closed on time", zh: "按时办结")),
        Field("closedLate", \.outcomes.closedLate, .count, Words("Closed late", zh: "超时办结")),
        Field("overdueOpen", \.overdueOpen, .count, Words("Open and overdue", zh: "超期未结")),
        Field("solved", \.outcomes.solved, .count, Words("Solved, say reporters", zh: "认可解决")),
        Field("notSolved", \.outcomes.notSolved, .count, Words("Not solved, say reporters", zh: "不认可")),
        Field("silent", \.outcomes.silent, .count, Words("No answer", zh: "未答复")),
        Field("appealsUpheld", \.outcomes.appealsUpheld, .count, Words("Appeals upheld", zh: "申诉成立")),
        Field("score", \.score, Codec<Int>.integer(0...100).optional, Words("Score", zh: "得分")),
        make: AppraisalLine.init
    )
}

extension Codec where Value == Int {
    fileprivate static var count: Codec { .integer(0...1_000_000_000) }
}
