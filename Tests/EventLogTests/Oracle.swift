import EventSourcing
import MusterTesting
import Synchronization
import Testing

@testable import EventLog

/// What writers were told, to be compared with what the log holds.
final class Oracle: Sendable {
    private struct State {
        var acknowledged: [CommandID: (Append, AppendReceipt)] = [:]
        /// The furthest position anybody was told.
        var furthest = Position.origin
        var refused: Set<CommandID> = []
        var contradictions: [String] = []
    }

    private let state = Mutex(State())
    /// Said with each finding: how to come by it again.
    private let context: String

    init(_ context: String = "") {
        self.context = context
    }

    var acknowledgedCount: Int { state.withLock { $0.acknowledged.count } }

    /// How far the log was known to reach before something is sent for the first time: it must come to stand behind.
    func begin() -> Position { state.withLock { $0.furthest } }

    /// Notes the verdict of an append; verdicts that contradict each other are found at once.
    func note(_ append: Append, _ verdict: Verdict, begunAfter start: Position = .origin) {
        state.withLock { state in
            let known = state.acknowledged[append.command]?.1
            switch verdict {
            case .appended(let receipt), .duplicate(let receipt):
                if let known, known != receipt {
                    state.contradictions.append("\(append.command): \(known), then \(receipt)")
                }
                if receipt.first <= start {
                    state.contradictions.append("\(append.command): sent after \(start), stands at \(receipt.first)")
                }
                state.acknowledged[append.command] = (append, receipt)
                state.furthest = max(state.furthest, receipt.last)
            case .conflict(let stream, let actual):
                if known != nil { state.contradictions.append("\(append.command): in the log, then a conflict") }
                let write = append.writes.first { $0.stream == stream }
                if write.map({ $0.expected.isMet(by: actual) }) ?? true {
                    state.contradictions.append("\(append.command): conflict at \(actual), which is as expected")
                }
                state.refused.insert(append.command)
            }
        }
    }

    /// Compares with the whole log: positions and versions are dense, every acknowledged append is there exactly once and
    /// whole, no refused one is, and times never go back.
    func check(_ store: any EventStore, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        var events: [RecordedEvent] = []
        while true {
            let page = try await store.events(after: Position(Int64(events.count)), limit: 1_000)
            if page.isEmpty { break }
            events += page
        }
        let (acknowledged, refused, contradictions) = state.withLock {
            ($0.acknowledged, $0.refused, $0.contradictions)
        }
        #expect(contradictions.isEmpty, "\(context)", sourceLocation: sourceLocation)
        #expect(
            events.map(\.position.rawValue) == Array(1...Int64(max(1, events.count))),
            "positions \(context)",
            sourceLocation: sourceLocation
        )
        #expect(
            Set(events.map(\.id)).count == events.count,
            "an event is there twice \(context)",
            sourceLocation: sourceLocation
        )
        #expect(
            zip(events, events.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt },
            "the recorded time went back \(context)",
            sourceLocation: sourceLocation
        )
        for (stream, events) in Dictionary(grouping: events, by: \.stream) {
            #expect(
                events.map(\.version.rawValue) == Array(1...Int32(events.count)),
                "versions of \(stream) \(context)",
                sourceLocation: sourceLocation
            )
        }
        for (command, (append, receipt)) in acknowledged {
            let first = Int(receipt.first.rawValue) - 1
            guard first >= 0, first + receipt.count <= events.count else {
                Issue.record("acknowledged \(command) is lost \(context)", sourceLocation: sourceLocation)
                continue
            }
            let found = events[first..<first + receipt.count]
            let written = append.writes.flatMap { write in write.events.map { (write.stream, $0.type, $0.data) } }
            #expect(
                found.map(\.id.ordinal) == (0..<append.eventCount).map { Int16($0) }
                    && zip(found, written).allSatisfy { event, new in
                        event.id.command == command && (event.stream, event.type, event.data) == new
                            && event.metadata == append.metadata && event.occurredAt == append.occurredAt
                            && event.recordedAt == receipt.recordedAt
                    },
                "acknowledged \(command) is not where it was said to be \(context)",
                sourceLocation: sourceLocation
            )
        }
        let present = Set(events.map(\.id.command))
        #expect(
            refused.isDisjoint(with: present),
            "a refused append is there \(context)",
            sourceLocation: sourceLocation
        )
    }
}
