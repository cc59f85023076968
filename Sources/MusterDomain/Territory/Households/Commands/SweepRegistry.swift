package import EventSourcing
import Records

/// Notes which deadlines of a building's households have passed: visits that nobody repeated, vulnerable ones whom nobody
/// checked, records that are stale, reviews that are due. Where nobody repeated a visit the patch police goes (R2.5).
package struct SweepRegistry: Command, Hashable {
    package let building: TerritoryID
    package let dueBy: Timestamp

    package init(
        building: TerritoryID,
        dueBy: Timestamp
    ) {
        self.building = building
        self.dueBy = dueBy
    }

    package static let description = CommandDescription<SweepRegistry>(
        "SweepRegistry",
        of: .territory,
        Words("Look through the registry", zh: "清查台账"),
        by: [.system],
        under: "S2",
        Record<SweepRegistry>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("dueBy", \.dueBy, .timestamp, Words("Deadline", zh: "期限")),
            make: SweepRegistry.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        let sweep = RegistrySweep(register, dueBy: dueBy, alert: context.territories.alert(on: building))
        let swept = sweep.event(for: building, limit: context.limits.territory.vulnerableCheck)
        return [.swept(swept)]
            + sweep.referred.map { household in
                let attempts = register.households[household]?.attempts ?? 1
                return .referred(
                    context.referral(of: household, in: building, attempt: attempts, isRevisitMissed: true)
                )
            }
    }
}
