package import EventSourcing
import Records

/// Says that a household needs looking after, why, and when that is to be looked at again (R2.6).
package struct FlagVulnerable: Command, Hashable {
    package let building: TerritoryID
    package let household: HouseholdID
    /// Nil for the household as a whole.
    package let person: PersonID?
    package let reason: VulnerableReason
    package let note: String?
    package let reviewBy: Timestamp

    package init(
        building: TerritoryID,
        household: HouseholdID,
        person: PersonID? = nil,
        reason: VulnerableReason,
        note: String? = nil,
        reviewBy: Timestamp
    ) {
        self.building = building
        self.household = household
        self.person = person
        self.reason = reason
        self.note = note
        self.reviewBy = reviewBy
    }

    package static let description = CommandDescription<FlagVulnerable>(
        "FlagVulnerable",
        of: .territory,
        Words("Flag a vulnerable household", zh: "标记重点户"),
        by: [.gridWorker, .communityHead, .departmentOfficer],
        under: "S2",
        Record<FlagVulnerable>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("household", \.household, .identifier(), Words("Household", zh: "户")),
            Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person", zh: "人员")),
            Field("reason", \.reason, .choice, Words("Reason", zh: "原因")),
            Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Note", zh: "备注"), isPersonal: true),
            Field("reviewBy", \.reviewBy, .timestamp, Words("Review by", zh: "复核期限")),
            make: FlagVulnerable.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        try context.requireRegistered(building)
        let home = try register.require(household, in: building)
        guard !home.hasMoved else { throw .movedAway(household, building) }
        if let person, home.members[person] == nil, home.contact != person { throw .memberUnknown(person, household) }
        guard reviewBy > context.now else {
            throw Rejection(
                rule: "R2.6",
                reason: "review-not-ahead",
                Words("The review lies in the past.", zh: "复核期限已过。"),
                advice: Words("Give a day on which it is to be looked at again.", zh: "请填写将来的复核日期。")
            )
        }
        guard reviewBy <= context.now + context.limits.territory.review else {
            throw Rejection(
                rule: "R2.6",
                reason: "review-too-far",
                Words("The review lies too far ahead.", zh: "复核期限过远。"),
                advice: Words(
                    "Give a day before \(context.now + context.limits.territory.review).",
                    zh: "请填写 \(context.now + context.limits.territory.review) 之前的日期。"
                )
            )
        }
        var flagged = VulnerableFlagged(
            building: building,
            household: household,
            person: person,
            reason: reason,
            note: note,
            reviewBy: reviewBy,
            checkBy: context.alertCheck(in: building),
            tally: register.tally
        )
        var after = home
        after.take(flagged, nil)
        flagged.tally = register.tally.replacing(home, by: after)
        return [.vulnerableFlagged(flagged)]
    }
}
