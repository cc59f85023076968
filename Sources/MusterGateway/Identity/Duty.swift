import EventSourcing
import MusterBoards
import MusterDomain

/// Whether the post that a token names is still held: a token may outlive it.
struct Duty: Sendable {
    let boards: LiveBoards
    let now: @Sendable () -> Timestamp

    func isHeld(by actor: Actor) -> Bool {
        guard actor.role.needsAppointment else { return true }
        let register = boards.register
        return register.authority.holdsPost(actor, in: register.territories, at: now())
    }

    /// - Throws: until the boards have caught up, when nobody's post is known.
    func checkKnown(of actor: Actor) throws {
        if actor.role.needsAppointment, !boards.isCaughtUp { throw ProblemDetails.notReady }
    }

    func check(_ actor: Actor) throws {
        try checkKnown(of: actor)
        guard isHeld(by: actor) else { throw ProblemDetails.noPost(actor) }
    }
}
