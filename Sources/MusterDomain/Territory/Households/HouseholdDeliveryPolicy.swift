import EventSourcing
import Records

/// Asks the patch police to go where visits keep failing (R2.5); what the list gives to nobody, the district is asked.
package struct HouseholdDeliveryPolicy: Policy {
    package static let name = "household-deliveries"

    private var offices = Offices()

    package init() {}

    package mutating func evolve(_ fact: Fact) { offices.evolve(fact) }

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .household(.referred(let referral)) = fact.event,
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
        let line = Words(
            "\(referral.household), \(referral.building): \(referral.attempt) visits failed",
            zh: "\(referral.building) \(referral.household)：连续 \(referral.attempt) 次走访未果"
        )
        return [.deliver(TaskDelivery(.household(task), to: party, because: fact, line: line))]
    }
}
