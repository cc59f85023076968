import EventSourcing
import MusterBoards
import MusterDomain

/// Reads single matters from the log.
struct Matters: Sendable {
    let store: any EventStore
    let boards: LiveBoards

    /// The matter that an address names.
    ///
    /// - Throws: `ProblemDetails`: not found when there is none, gone when events of it are archived.
    func load(_ name: String) async throws -> MatterView {
        guard let matter = MatterID(rawValue: name) else { throw ProblemDetails.notFound }
        let view = try await ProblemDetails.wordingPast {
            try await MatterView.load(matter, from: store, register: boards.register)
        }
        guard let view else { throw ProblemDetails.notFound }
        return view
    }
}
