import EventSourcing
import Records

/// Tells the district that a responsibility list is to be looked through (S1).
package struct ListDeliveryPolicy: Policy {
    package static let name = "list-deliveries"

    private var offices = Offices()
    /// Where whoever published the last list spoke for; an administrator has no office of their own.
    private var ground: TerritoryID?

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        offices.evolve(fact)
        if case .authority(.responsibilityListPublished) = fact.event { ground = fact.origin.actor.territory }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .authority(.listReviewDue(let review)) = fact.event, let ground,
            let party = offices.office(of: .district, around: ground, at: fact.origin.recordedAt)
        else { return [] }
        let task = ListDelivery(list: review.version, kind: .listReview, due: review.reviewBy)
        let line = Words("list \(review.version)", zh: "责任清单 \(review.version)")
        return [.deliver(TaskDelivery(.list(task), to: party, because: fact, line: line))]
    }
}
