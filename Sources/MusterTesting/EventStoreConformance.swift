package import EventSourcing
import Testing

/// What every `EventStore` does. Each function is one behaviour, checked on streams of its own, so that one store can go
/// through all of them at once.
package struct EventStoreConformance: Sendable {
    package let store: any EventStore

    package init(_ store: any EventStore) {
        self.store = store
    }

    /// Goes through all behaviours at the same time.
    package func checkAll() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await appendsAreReadBack() }
            group.addTask { try await expectationsAreEnforced() }
            group.addTask { try await repeatedCommandsGetTheFirstReceipt() }
            group.addTask { try await appendsToSeveralStreamsAreAtomic() }
            group.addTask { try await oneOfManyRivalsWins() }
            group.addTask { try await positionsAndVersionsAreDense() }
            group.addTask { try await senselessAppendsAreRefused() }
            try await group.waitForAll()
        }
    }

    package func appendsAreReadBack() async throws {
        let stream = Samples.stream("read-\(Samples.command())")
        let append = Samples.append(Samples.write(stream, .noStream, count: 3))
        let receipt = try #require(try await store.append(append).receipt)
        #expect(receipt.count == 3)

        let events = try await store.events(of: stream, after: .none, limit: 10)
        #expect(events.map(\.position) == (0..<3).map { receipt.first.advanced(by: $0) })
        #expect(events.map(\.version.rawValue) == [1, 2, 3])
        #expect(events.map(\.id) == (0..<3).map { EventID(command: append.command, ordinal: $0) })
        #expect(events.map(\.data) == append.writes[0].events.map(\.data))
        #expect(events.map(\.type) == append.writes[0].events.map(\.type))
        #expect(events.allSatisfy { $0.stream == stream && $0.metadata == append.metadata })
        #expect(events.allSatisfy { $0.occurredAt == append.occurredAt && $0.recordedAt == receipt.recordedAt })

        let page = try await store.events(after: receipt.first.advanced(by: -1), limit: 3)
        #expect(page == events)
        #expect(try await store.events(of: stream, after: StreamVersion(1), limit: 1) == [events[1]])
        #expect(try await store.events(of: stream, after: StreamVersion(3), limit: 1).isEmpty)
        let (other, unknown) = (Samples.stream("read-\(Samples.command())"), Samples.stream("\(Samples.command())"))
        _ = try await store.append(Samples.append(Samples.write(other, .noStream, count: 2)))
        let newer = try await store.events(after: [stream: StreamVersion(1), other: .none, unknown: .none], limit: 1)
        #expect(newer.count == 2)
        #expect(newer.filter { $0.stream == stream } == [events[1]])
        #expect(newer.first { $0.stream == other }?.version == StreamVersion(1))
        #expect(try await store.events(after: [:], limit: 1).isEmpty)
        #expect(try await store.receipt(of: append.command) == receipt)
        #expect(try await store.receipt(of: Samples.command()) == nil)
        #expect(try await store.tail() >= receipt.last)
    }

    package func expectationsAreEnforced() async throws {
        let stream = Samples.stream("expect-\(Samples.command())")
        func verdict(_ expected: ExpectedVersion) async throws -> Verdict {
            try await store.append(Samples.append(Samples.write(stream, expected)))
        }
        let one = StreamVersion(1)
        #expect(try await verdict(.streamExists) == .conflict(stream: stream, actual: .none))
        #expect(try await verdict(.exactly(one)) == .conflict(stream: stream, actual: .none))
        #expect(try await verdict(.exactly(.none)).receipt != nil)
        #expect(try await verdict(.noStream) == .conflict(stream: stream, actual: one))
        #expect(try await verdict(.exactly(.none)) == .conflict(stream: stream, actual: one))
        #expect(try await verdict(.exactly(StreamVersion(2))) == .conflict(stream: stream, actual: one))
        #expect(try await verdict(.exactly(one)).receipt != nil)
        #expect(try await verdict(.streamExists).receipt != nil)
        #expect(try await verdict(.any).receipt != nil)
        #expect(try await store.events(of: stream, after: .none, limit: 10).count == 4)
    }

    package func repeatedCommandsGetTheFirstReceipt() async throws {
        let stream = Samples.stream("repeat-\(Samples.command())")
        let append = Samples.append(Samples.write(stream, .noStream))
        let receipt = try #require(try await store.append(append).receipt)
        _ = try await store.append(Samples.append(Samples.write(stream)))
        #expect(try await store.append(append) == .duplicate(of: receipt))

        let rival = Samples.append(Samples.write(stream))
        let verdicts = try await withThrowingTaskGroup(of: Verdict.self) { group in
            for _ in 0..<8 { group.addTask { try await store.append(rival) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.count { if case .appended = $0 { true } else { false } } == 1)
        #expect(Set(verdicts.map(\.receipt)).count == 1)
        #expect(try await store.events(of: stream, after: .none, limit: 10).count == 3)
    }

    package func appendsToSeveralStreamsAreAtomic() async throws {
        let id = Samples.command()
        let (left, right) = (Samples.stream("left-\(id)"), Samples.stream("right-\(id)"))
        let both = Samples.append(Samples.write(left, .noStream, count: 2), Samples.write(right, .noStream))
        let receipt = try #require(try await store.append(both).receipt)
        #expect(
            try await store.events(after: receipt.first.advanced(by: -1), limit: 3).map(\.stream) == [
                left, left, right,
            ]
        )

        let half = Samples.append(Samples.write(left, .exactly(StreamVersion(2))), Samples.write(right, .noStream))
        #expect(try await store.append(half) == .conflict(stream: right, actual: StreamVersion(1)))
        #expect(try await store.events(of: left, after: .none, limit: 10).count == 2)
    }

    package func oneOfManyRivalsWins() async throws {
        let stream = Samples.stream("rivals-\(Samples.command())")
        let verdicts = try await withThrowingTaskGroup(of: Verdict.self) { group in
            for _ in 0..<20 {
                group.addTask { try await store.append(Samples.append(Samples.write(stream, .noStream))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.count { $0.receipt != nil } == 1)
        #expect(verdicts.count { $0 == .conflict(stream: stream, actual: StreamVersion(1)) } == 19)
    }

    package func positionsAndVersionsAreDense() async throws {
        let stream = Samples.stream("dense-\(Samples.command())")
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask { _ = try await store.append(Samples.append(Samples.write(stream, .any, count: 2))) }
            }
            try await group.waitForAll()
        }
        let versions = try await store.events(of: stream, after: .none, limit: 1_000).map(\.version.rawValue)
        #expect(versions == Array(1...100))
        let events = try await store.events(after: .origin, limit: 100_000)
        #expect(events.map(\.position.rawValue) == Array(1...Int64(events.count)))
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt })
    }

    package func senselessAppendsAreRefused() async throws {
        let stream = Samples.stream("senseless-\(Samples.command())")
        let senseless = [
            Samples.append(),
            Samples.append(Samples.write(stream, .any, count: 0)),
            Samples.append(Samples.write(stream), Samples.write(stream)),
        ]
        for append in senseless {
            await #expect { _ = try await store.append(append) } throws: {
                if case AppendError.invalid = $0 { true } else { false }
            }
        }
        #expect(try await store.events(of: stream, after: .none, limit: 10).isEmpty)
    }
}
