/// The boards there are.
package enum BoardCatalogue {
    package static let all: [any Board.Type] = [
        OperationsBoard.self, WhistlesBoard.self, FeedbackBoard.self, IncidentsBoard.self, DirectivesBoard.self,
        AuthorityBoard.self,
        GridsBoard.self,
        IntakeBoard.self,
    ]

    /// Nil for a name that no board has.
    package static func board(named name: String) -> (any Board.Type)? { all.first { $0.name == name } }
}
