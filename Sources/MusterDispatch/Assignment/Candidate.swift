/// Somebody who can have some work, as far as their own roster, posts and skills say.
struct Candidate: Sendable {
    let person: Int32
    /// Tier, distance and surplus skill; load is not in it, since it depends on the plan.
    let price: Price
}
