import MusterBoards

/// What a board's page says about events that could not be read; nothing when there are none.
enum ParkedFields {
    static func fields(_ head: BoardHead) -> Fields {
        guard let first = head.parked.first.first else { return [:] }
        return [
            "parkedCount": head.parked.count, "parkedHref": "/v1/boards/\(head.board)/parked",
            "parkedFirst": "#\(first.position) \(first.type) \(first.problems.joined(separator: "; "))",
        ]
    }
}
