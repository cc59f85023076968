import EventSourcing
import MusterBoards
import MusterDomain

/// Reads single matters from the log.
struct Matters: Sendable {
    let store: any EventStore
    let boards: LiveBoards

    /// The matter that an address names.
    ///
    /// - Throws: `ProblemDetails.notFound` when there is none.
    func load(_ name: String) async throws -> MatterView {
        guard let matter = MatterID(rawValue: name),
            let view = try await MatterView.load(
                matter,
                from: store,
                register: boards.register,
                ladder: Limits.standard.ladder
            )
        else { throw ProblemDetails.notFound }
        return view
    }
}
