@testable import MusterBoards

extension BoardGenerations {
    /// The lease of a new generation; nil while somebody else is making one.
    func beginning() async throws -> BoardRowsTable.Lease? {
        switch try await begin() {
        case .begun(let lease): lease
        case .held: nil
        }
    }
}
