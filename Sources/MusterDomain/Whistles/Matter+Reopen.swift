import EventSourcing

extension Matter {
    /// The event that sends the same lead again (R14.1), with a fresh clock for its arrival. A matter that no
    /// department dealt with goes back to the community.
    func reopening(_ subject: Subject, because reason: String?, in context: Context) -> MatterReopened {
        guard let round = rounds.last, round.state == .over, let lead = round.lead else {
            return MatterReopened(matter: subject.matter, reason: reason)
        }
        let limit = context.limits.response(to: round.urgency).onScene
        return MatterReopened(
            matter: subject.matter,
            reason: reason,
            round: round.number,
            lead: lead,
            onSceneBy: context.now + limit,
            limit: limit,
            ladder: context.limits.ladder
        )
    }
}
