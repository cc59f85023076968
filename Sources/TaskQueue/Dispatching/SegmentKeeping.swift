import EventSourcing
import Logging
import Postgres

/// Sees to it that new tasks have a segment to go to, and that segments in which everything has ended are emptied.
///
/// A segment with a few tasks left, which may wait for a year, is not kept for them: they are written again into the
/// current one. Until the old one is empty then, no other is emptied, since the old rows of those tasks would count again
/// if the new ones went first.
///
/// ```
///           full, or of a while ago          all has ended, or was carried            emptied
///  current ─────────────────────────▶ old ──────────────────────────────▶ ended ─────────────────▶ free ──▶ current
///                                      ▲                                    │
///                                      └────────── a late task ─────────────┘
/// ```
struct SegmentKeeping: Sendable {
    private(set) var current: Int16
    private let configuration: QueueConfiguration
    /// Segments from which tasks were written again and which are not empty yet.
    private var carriedFrom: Set<Int16>
    private var carrying: (segment: Int16, tasks: ArraySlice<CarriedTask>)?
    private var emptying: Int16?
    private var since: Timestamp?
    private var nextCount = ContinuousClock.now + countInterval
    private var nextAttempt = ContinuousClock.now
    /// No step that a segment loses by being emptied has a higher number; the next dispatcher goes on above it.
    private var notedStep: Int64

    private static let countInterval = Duration.seconds(60)
    private static let carriedAtOnce = 500
    /// So far ahead a number is noted, so that it is not noted again for each segment: that row would stay dead each time.
    private static let stepsAhead: Int64 = 1 << 32
    /// Above this share of tasks left in a segment, a new segment costs less than writing them again.
    private static let fewLeft = 0.25

    /// - Parameter notedStep: as it is stored.
    init(current: Int16, carriedFrom: Set<Int16>, notedStep: Int64, configuration: QueueConfiguration) {
        self.current = current
        self.notedStep = notedStep
        self.carriedFrom = carriedFrom
        self.configuration = configuration
    }

    /// Whether there is more to be done at once.
    var isBusy: Bool { carrying != nil }

    /// Does one bounded piece of what is to be done.
    ///
    /// - Parameter empty: empties a segment that holds so many tasks, beside the rounds, and calls `finished(_:_:)`.
    mutating func keep(
        _ state: inout DispatchState,
        _ session: DispatchSession,
        isSettled: Bool,
        at now: Timestamp,
        empty: (Int16, Int) -> Void
    ) async throws(PostgresError) {
        if ContinuousClock.now >= nextCount {
            try await session.count(state.takeCounts(), through: state.lastStep)
            nextCount = .now + Self.countInterval
        }
        if since == nil { since = now }
        if mustSwitch(state, at: now) { try await advance(&state, session, at: now) }
        // What is not known of a segment could be lost with it.
        guard isSettled, emptying == nil else { return }
        if carrying != nil { return try await carry(&state, session, at: now) }
        if ContinuousClock.now >= nextAttempt, let segment = nextToEmpty(state, at: now) {
            try await session.keep(state.takeCounts(), state.gauges, through: state.lastStep)
            if state.lastStep > notedStep {
                notedStep = state.lastStep + Self.stepsAhead
                try await session.note(step: notedStep)
            }
            emptying = segment
            empty(segment, state.segments[segment]?.tasks ?? 0)
        } else if let segment = nextToCarry(state, at: now) {
            carrying = (segment, state.carriable(in: segment)[...])
        }
    }

    /// How the emptying of a segment went that had so many tasks.
    struct Emptied: Sendable {
        let segment: Int16
        let tasks: Int
        let isEmpty: Bool
    }

    mutating func finished(_ emptied: Emptied, _ state: inout DispatchState) {
        emptying = nil
        if emptied.isEmpty {
            state.emptied(emptied.segment, of: emptied.tasks)
            carriedFrom.remove(emptied.segment)
        } else {
            // Somebody reads it, or has brought a task that will be seen by then.
            nextAttempt = .now + configuration.keepingInterval
        }
    }

    // MARK: The current segment

    private func mustSwitch(_ state: DispatchState, at now: Timestamp) -> Bool {
        guard let segment = state.segments[current], segment.tasks > 0, let since else { return false }
        if segment.tasks >= configuration.segmentTasks { return now.since(since) >= configuration.segmentTime }
        return segment.open < segment.tasks && now.since(since) > configuration.retention / 30
    }

    private mutating func advance(
        _ state: inout DispatchState,
        _ session: DispatchSession,
        at now: Timestamp
    ) async throws(PostgresError) {
        let free = state.segments.filter { $0.value.tasks == 0 && $0.key != emptying && $0.key != current }.keys.min()
        let next = free ?? (state.segments.keys.max() ?? 0) + 1
        try await session.switchSegment(to: next)
        state.add(segment: next)
        current = next
        since = now
    }

    // MARK: Old segments

    private func isExpired(_ segment: DispatchState.Segment, at now: Timestamp) -> Bool {
        now.microseconds - segment.changedAt > configuration.retention.wholeMicroseconds
    }

    /// The segments that are full, the one that was changed last at the end: it is kept, for the keys of its tasks.
    private func old(_ state: DispatchState) -> [(key: Int16, value: DispatchState.Segment)] {
        state.segments.filter { $0.key != current && $0.value.tasks > 0 }
            .sorted { ($0.value.changedAt, $0.key) < ($1.value.changedAt, $1.key) }
    }

    private func nextToEmpty(_ state: DispatchState, at now: Timestamp) -> Int16? {
        let old = old(state)
        return old.first { number, segment in
            guard segment.open == 0 else { return false }
            guard carriedFrom.isEmpty else { return carriedFrom.contains(number) }
            return number != old.last?.key || isExpired(segment, at: now)
        }?.key
    }

    private func nextToCarry(_ state: DispatchState, at now: Timestamp) -> Int16? {
        let old = old(state)
        var left = old.filter { $0.value.open > 0 }
        guard carriedFrom.isEmpty else { return left.first { carriedFrom.contains($0.key) }?.key }
        let isShort = !state.segments.contains { $0.value.tasks == 0 && $0.key != current }
        left.removeAll { !isExpired($0.value, at: now) && (!isShort || $0.value.openShare > Self.fewLeft) }
        guard !left.isEmpty else { return nil }
        // Where a worker has one of the tasks for long, the others would wait for it as well.
        let leased = state.segmentsWithLeases()
        left.removeAll { leased.contains($0.key) }
        return (left.first { isExpired($0.value, at: now) } ?? left.min { $0.value.openShare < $1.value.openShare })?
            .key
    }

    private mutating func carry(
        _ state: inout DispatchState,
        _ session: DispatchSession,
        at now: Timestamp
    ) async throws(PostgresError) {
        guard let (segment, rest) = carrying else { return }
        let tasks = state.stillCarriable(rest.prefix(Self.carriedAtOnce))
        if !tasks.isEmpty {
            let carried = try await session.carry(tasks, from: segment, to: current)
            state.carry(carried, to: current, at: now)
            if !carried.isEmpty { carriedFrom.insert(segment) }
        }
        let left = rest.dropFirst(Self.carriedAtOnce)
        carrying = left.isEmpty ? nil : (segment, left)
    }
}

extension DispatchState.Segment {
    fileprivate var openShare: Double { Double(open) / Double(max(1, tasks)) }
}
