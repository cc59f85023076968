import EventSourcing
import Logging
import Metrics
import MusterDomain

/// Turns recorded events into facts, once for all boards of a process, and parks those that cannot be read.
struct FactReader: Sendable {
    private(set) var parked = ParkedEvents()
    private let logger: Logger
    private let parkedCounter = Counter(label: "muster_board_parked_events_total")

    init(logger: Logger) {
        self.logger = logger
    }

    mutating func read(_ batch: [RecordedEvent]) -> [Fact] {
        let (facts, parked) = FactPages.decode(batch[...])
        for event in parked { park(event) }
        return facts
    }

    private mutating func park(_ event: ParkedEvent) {
        parked.append(event)
        parkedCounter.increment()
        logger.error(
            "event cannot be read and is missing on the boards",
            metadata: [
                "event.position": "\(event.position)", "event.type": "\(event.type)",
                "event.problems": "\(event.problems.joined(separator: "; "))",
            ]
        )
    }
}
