import EventSourcing

/// A log from its beginning up to a position, page by page. The next pages are on their way while one is looked at.
struct LogPages {
    private static let pageLimit = 1_000
    /// With two on their way, the server makes one while the other is decoded.
    private static let pagesAhead = 2

    private struct Page {
        /// What it was asked to come after.
        let position: Position
        let events: [RecordedEvent]
    }

    private let log: any EventStore
    private let tail: Position

    /// - Parameter tail: the last position to read, which the log has.
    init(_ log: any EventStore, through tail: Position) {
        self.log = log
        self.tail = tail
    }

    /// Calls `body` with each page in the order of the log, one call at a time.
    func forEach(_ body: ([RecordedEvent]) throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Page.self) { group in
            var asked: Set<Position> = []
            var arrived: [Position: [RecordedEvent]] = [:]
            var position = Position.origin
            while position < tail {
                // Positions are dense, so that it is known where the pages to come begin.
                for step in 0...Self.pagesAhead {
                    let start = position.advanced(by: step * Self.pageLimit)
                    guard start < tail, asked.insert(start).inserted else { continue }
                    group.addTask { try await page(after: start) }
                }
                while arrived[position] == nil, let page = try await group.next() {
                    arrived[page.position] = page.events
                }
                guard let events = arrived.removeValue(forKey: position), let end = events.last?.position else { break }
                try Task.checkCancellation()
                try body(events)
                position = end
            }
            group.cancelAll()
        }
    }

    private func page(after position: Position) async throws -> Page {
        let limit = min(Self.pageLimit, Int(tail.rawValue - position.rawValue))
        return Page(position: position, events: try await log.events(after: position, limit: limit))
    }
}
