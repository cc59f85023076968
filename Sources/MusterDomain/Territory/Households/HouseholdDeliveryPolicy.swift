import EventSourcing
import Records

/// Asks the patch police to go where visits keep failing (R2.5); what the list gives to nobody, the district is asked. And
/// tells the community, once a sweep, where its registry has fallen behind.
package struct HouseholdDeliveryPolicy: Policy {
    package static let name = "household-deliveries"

    private var offices = Offices()

    package init() {}

    package mutating func evolve(_ fact: Fact) { offices.evolve(fact) }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .household(.referred(let referral)): refer(referral, fact)
        case .household(.swept(let swept)): tell(swept, fact)
        default: []
        }
    }

    private func refer(_ referral: HouseholdReferred, _ fact: Fact) -> [Reaction] {
        guard
            let party = referral.party
                ?? offices.nearest(.districtCommand, to: referral.building, at: fact.origin.recordedAt)
        else { return [] }
        let task = HouseholdDelivery(
            household: referral.household,
            kind: .householdVisit,
            building: referral.building,
            duty: referral.duty,
            attempt: referral.attempt
        )
        let why =
            referral.isRevisitMissed == true
            ? Words("nobody came again in time", zh: "逾期未再访")
            : Words("\(referral.attempt) visits failed", zh: "连续 \(referral.attempt) 次走访未果")
        let line = Words(
            "\(referral.household), \(referral.building): \(why.en)",
            zh: "\(referral.building) \(referral.household)：\(why.zh)"
        )
        return [.deliver(TaskDelivery(.household(task), to: party, because: fact, line: line))]
    }

    private func tell(_ swept: RegistrySwept, _ fact: Fact) -> [Reaction] {
        guard let task = RegistryDelivery(swept),
            let party = offices.nearest(.communityHead, to: swept.building, at: fact.origin.recordedAt)
        else { return [] }
        let line = Words(
            "\(swept.building): \(task.households) households",
            zh: "\(swept.building)：\(task.households) 户"
        )
        return [.deliver(TaskDelivery(.registry(task), to: party, because: fact, line: line))]
    }
}
