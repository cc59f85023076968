import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// Who runs the task queue: administrators, and the street coordinators and district commands in whose territory
/// everything lies that the log knows.
///
/// A queue has no territories: whoever pauses an agency pauses it for the whole log. So a coordinator of one street among
/// several does not, and neither does somebody whose post has ended, though the token still stands.
struct QueueAccess: Sendable {
    static let roles: [Role] = [.administrator, .districtCommand, .streetCoordinator]

    let boards: LiveBoards
    let now: @Sendable () -> Timestamp

    func mayRun(_ identity: Identity) -> Bool {
        let actor = identity.actor
        guard Self.roles.contains(actor.role) else { return false }
        guard actor.role.needsAppointment else { return true }
        let register = boards.register
        let holdsPost = register.authority.posts(of: actor.person, at: now()).contains {
            $0.role == actor.role && $0.party == actor.party && $0.territory == actor.territory
        }
        return holdsPost
            && register.territories.territories.keys.allSatisfy { register.territories.overlap(actor.territory, $0) }
    }

    func check(_ identity: Identity) throws {
        let actor = identity.actor
        // Until the boards have caught up nobody's post is known.
        if Self.roles.contains(actor.role), actor.role.needsAppointment, !boards.isCaughtUp {
            throw ProblemDetails.notReady
        }
        guard mayRun(identity) else { throw ProblemDetails.queueForbidden }
    }
}
