package import EventSourcing
import Logging
import Metrics
import MusterDomain
import Records

/// An event that could not be read. It is on no board until a version of Muster that can read it is installed.
package struct ParkedEvent: Sendable, Equatable {
    package let position: Position
    package let type: EventType
    /// What is wrong with it: where and which problem, never what it holds.
    package let problems: [String]
}

/// Turns recorded events into facts, once for all boards of a process, and parks those that cannot be read.
struct FactReader: Sendable {
    /// How many parked events are kept to be looked at; the rest is only counted and logged.
    static let maximumKept = 100

    private(set) var parkedCount = 0
    private(set) var parked: [ParkedEvent] = []
    private let logger: Logger
    private let parkedCounter = Counter(label: "muster_board_parked_events_total")

    init(logger: Logger) {
        self.logger = logger
    }

    mutating func read(_ batch: [RecordedEvent]) -> [Fact] {
        var facts: [Fact] = []
        facts.reserveCapacity(batch.count)
        for event in batch {
            do throws(Problems) {
                facts.append(try Fact(event))
            } catch {
                park(event, error)
            }
        }
        return facts
    }

    private mutating func park(_ event: RecordedEvent, _ problems: Problems) {
        let texts = problems.list.prefix(5).map { "\($0.pointer) \($0.code)" }
        parkedCount += 1
        parkedCounter.increment()
        if parked.count < Self.maximumKept {
            parked.append(ParkedEvent(position: event.position, type: event.type, problems: texts))
        }
        logger.error(
            "event cannot be read and is missing on the boards",
            metadata: [
                "event.position": "\(event.position)", "event.type": "\(event.type)",
                "event.problems": "\(texts.joined(separator: "; "))",
            ]
        )
    }
}
