package import EventSourcing
import Records

/// Says that somebody was at the door, and what came of it. Who was refused or found nobody comes again (R2.5).
package struct RecordVisit: Command, Hashable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let outcome: VisitOutcome
    /// Of a household that was met: those who belong to it and were not there.
    package let absent: [PersonID]
    package let note: String?

    package init(
        building: TerritoryID,
        household: HouseholdID,
        outcome: VisitOutcome,
        absent: [PersonID] = [],
        note: String? = nil
    ) {
        self.building = building
        self.household = household
        self.outcome = outcome
        self.absent = absent
        self.note = note
    }

    package static let description = CommandDescription<RecordVisit>(
        "RecordVisit",
        of: .territory,
        Words("Record a visit", zh: "记录走访"),
        by: [.gridWorker, .communityHead, .departmentOfficer],
        under: "S2",
        Record<RecordVisit>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("household", \.household, .identifier(), Words("Household", zh: "户")),
            Field("outcome", \.outcome, .choice, Words("Outcome", zh: "结果")),
            Field(
                "absent",
                \.absent,
                Codec<[PersonID]>.list(of: .identifier(), count: 0...Household.maximumMembers, isSet: true).orMissing([]
                ),
                Words("Members who were not there", zh: "不在家的成员")
            ),
            Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Note", zh: "备注"), isPersonal: true),
            make: RecordVisit.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        try context.requireRegistered(building)
        let visited = try register.require(household, in: building)
        let isOvertaken = visited.lastVisit.map { context.occurredAt < $0.at } ?? false
        guard isOvertaken || !visited.hasMoved else { throw .movedAway(household, building) }
        try checkAbsent(visited)
        let limits = context.limits.territory
        let attempt = outcome.isFailure ? min(visited.attempts + 1, Household.maximumAttempts) : 0
        var visit = VisitRecorded(
            building: building,
            household: household,
            outcome: outcome,
            contact: visited.contact,
            undeclared: absent.filter { visited.members[$0]?.presence == .home },
            note: note,
            grid: context.territories.territory(of: .grid, holding: building, at: context.occurredAt),
            isOvertaken: isOvertaken,
            attempt: isOvertaken ? visited.attempts : attempt,
            revisitBy: outcome.isFailure && !isOvertaken ? context.began + limits.revisit : nil,
            limit: outcome.isFailure && !isOvertaken ? limits.revisit : nil,
            staleBy: outcome == .met && !isOvertaken ? context.began + limits.registryAge : nil,
            checkBy: outcome == .met && !isOvertaken ? context.nextCheck(of: visited, in: building) : nil,
            tally: register.tally
        )
        var after = visited
        after.take(visit, at: context.occurredAt, nil)
        let needsPolice = after.needsPolice(after: limits.failuresBeforePolice)
        if needsPolice { after.isReferred = true }
        visit.tally = register.tally.replacing(visited, by: after)
        guard needsPolice else { return [.visited(visit)] }
        return [.visited(visit), .referred(context.referral(of: household, in: building, attempt: visit.attempt))]
    }

    private func checkAbsent(_ visited: Household) throws(Rejection) {
        guard outcome == .met || absent.isEmpty else {
            throw Rejection(
                rule: "S2",
                reason: "absent-unseen",
                Words("Who is absent is known only where somebody was met.", zh: "只有见到住户时才能登记不在家的成员。")
            )
        }
        for person in absent where visited.members[person] == nil { throw .memberUnknown(person, household) }
    }
}
