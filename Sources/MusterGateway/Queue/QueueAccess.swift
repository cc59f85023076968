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
    let duty: Duty

    func mayRun(_ identity: Identity) -> Bool {
        let actor = identity.actor
        guard Self.roles.contains(actor.role) else { return false }
        guard actor.role.needsAppointment else { return true }
        let territories = boards.register.territories
        return duty.isHeld(by: actor)
            && territories.territories.keys.allSatisfy { territories.overlap(actor.territory, $0) }
    }

    func check(_ identity: Identity) throws {
        if Self.roles.contains(identity.actor.role) { try duty.checkKnown(of: identity.actor) }
        guard mayRun(identity) else { throw ProblemDetails.queueForbidden }
    }
}
