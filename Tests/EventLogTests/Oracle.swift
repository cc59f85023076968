import EventSourcing
import MusterTesting
import Synchronization
import Testing

/// What writers were told, to be compared with what the log holds.
final class Oracle: Sendable {
    private struct State {
        var acknowledged: [CommandID: (Append, AppendReceipt)] = [:]
        var refused: Set<CommandID> = []
        var contradictions: [String] = []
    }

    private let state = Mutex(State())

    var acknowledgedCount: Int { state.withLock { $0.acknowledged.count } }

    /// Notes the verdict of an append; verdicts that contradict each other are found at once.
    func note(_ append: Append, _ verdict: Verdict) {
        state.withLock { state in
            let known = state.acknowledged[append.command]?.1
            if let receipt = verdict.receipt {
                if let known, known != receipt {
                    state.contradictions.append("\(append.command): \(known), then \(receipt)")
                }
                state.acknowledged[append.command] = (append, receipt)
            } else {
                if known != nil { state.contradictions.append("\(append.command): in the log, then a conflict") }
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
        #expect(contradictions.isEmpty, sourceLocation: sourceLocation)
        #expect(
            events.map(\.position.rawValue) == Array(1...Int64(max(1, events.count))),
            sourceLocation: sourceLocation
        )
        #expect(Set(events.map(\.id)).count == events.count, "an event is there twice", sourceLocation: sourceLocation)
        #expect(
            zip(events, events.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt },
            "the recorded time went back",
            sourceLocation: sourceLocation
        )
        for (stream, events) in Dictionary(grouping: events, by: \.stream) {
            #expect(
                events.map(\.version.rawValue) == Array(1...Int32(events.count)),
                "versions of \(stream)",
                sourceLocation: sourceLocation
            )
        }
        for (command, (append, receipt)) in acknowledged {
            let first = Int(receipt.first.rawValue) - 1
            guard first >= 0, first + receipt.count <= events.count else {
                Issue.record("acknowledged \(command) is lost", sourceLocation: sourceLocation)
                continue
            }
            let found = events[first..<first + receipt.count]
            #expect(
                found.allSatisfy { $0.id.command == command } && found.count == append.eventCount,
                "acknowledged \(command) is not where it was said to be",
                sourceLocation: sourceLocation
            )
        }
        let present = Set(events.map(\.id.command))
        #expect(refused.isDisjoint(with: present), "a refused append is there", sourceLocation: sourceLocation)
    }
}
