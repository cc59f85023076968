import EventSourcing
import MusterDomain
import Records

/// Reads a log page by page and decodes it, beside whoever folds what was read before.
struct FactPages: Sendable {
    struct Page: Sendable {
        let facts: [Fact]
        let parked: [ParkedEvent]
        /// Of the last event that was read.
        let last: Position
    }

    private static let pageSize = 4_000

    let events: @Sendable (_ after: Position, _ limit: Int) async throws -> [RecordedEvent]
    /// Events for which this is false are passed over undecoded.
    let isWanted: @Sendable (RecordedEvent) -> Bool

    init(
        _ events: @escaping @Sendable (_ after: Position, _ limit: Int) async throws -> [RecordedEvent],
        where isWanted: @escaping @Sendable (RecordedEvent) -> Bool = { _ in true }
    ) {
        self.events = events
        self.isWanted = isWanted
    }

    /// Calls `body` with the facts after one position and up to another, page by page, in order. Ends early when the log
    /// does.
    ///
    /// - Returns: how far it came.
    func read(
        after start: Position,
        through end: Position,
        _ body: (Page) async throws -> Void
    ) async throws -> Position {
        guard start < end, var page = try await page(after: start, through: end) else { return start }
        while true {
            let last = page.last
            async let next = self.page(after: last, through: end)
            try await body(page)
            guard let following = try await next else { return last }
            page = following
        }
    }

    /// Nil when there is nothing more.
    private func page(after start: Position, through end: Position) async throws -> Page? {
        guard start < end else { return nil }
        let limit = Int(clamping: min(end.rawValue - start.rawValue, Int64(Self.pageSize)))
        let events = try await events(start, limit)
        guard let last = events.last?.position else { return nil }
        // Decoding costs more than everything else: two halves take two cores.
        let middle = events.count / 2
        async let late = Self.decode(events[middle...], where: isWanted)
        let early = Self.decode(events[..<middle], where: isWanted)
        let (facts, parked) = await late
        return Page(facts: early.facts + facts, parked: early.parked + parked, last: last)
    }

    /// The facts among events, and those events that cannot be read.
    static func decode(
        _ events: ArraySlice<RecordedEvent>,
        where isWanted: (RecordedEvent) -> Bool = { _ in true }
    ) -> (facts: [Fact], parked: [ParkedEvent]) {
        var facts: [Fact] = []
        var parked: [ParkedEvent] = []
        facts.reserveCapacity(events.count)
        for event in events where isWanted(event) {
            do throws(Problems) {
                facts.append(try Fact(event))
            } catch {
                parked.append(ParkedEvent(event, error))
            }
        }
        return (facts, parked)
    }
}
