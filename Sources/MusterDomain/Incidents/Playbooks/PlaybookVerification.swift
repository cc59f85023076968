import Records

/// How soon a suspicion must be verified or ruled out, and by whom.
package struct PlaybookVerification: Hashable, Sendable {
    package let within: Duration
    /// Whoever has this duty on the responsibility list verifies; nil leaves it to any department of the place.
    package let duty: DutyID?

    package init(within: Duration, duty: DutyID? = nil) {
        self.within = within
        self.duty = duty
    }

    static func record(refusesUnknownMembers: Bool) -> Record<PlaybookVerification> {
        Record<PlaybookVerification>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("withinMinutes", \.within, .wholeMinutes, Words("Within minutes", zh: "时限（分钟）")),
            Field("duty", \.duty, Codec<DutyID>.identifier().optional, Words("Duty", zh: "职责")),
            make: PlaybookVerification.init
        )
    }
}
