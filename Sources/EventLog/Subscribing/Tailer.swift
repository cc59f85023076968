import EventSourcing
import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// Follows the log once for all subscriptions of the process and keeps its newest events in memory.
final class Tailer: Sendable {
    /// What a subscription at some position gets.
    enum Serving {
        case events([RecordedEvent])
        /// What it wants is no longer, or not yet, in memory: read it from the database.
        case notInMemory
        /// There is nothing newer, or the log is not followed yet.
        case upToDate
        /// The log's handle has been shut down.
        case ended
    }

    private struct State {
        var ring: EventRing?
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter: UInt64 = 0
        /// Whether anybody has ever asked for events. Until then those of our own batches are not made.
        var isFollowed = false
        var isEnded = false
        var failure: LogError?
    }

    private let reader: EventReader
    private let configuration: LogConfiguration
    private let logger: Logger
    private let wakeup = Wakeup()
    private let state = Mutex(State())

    private static let pageLimit = 1_000

    init(reader: EventReader, configuration: LogConfiguration, logger: Logger) {
        self.reader = reader
        self.configuration = configuration
        self.logger = logger
    }

    /// The position of the last event in memory; `.origin` before the log is followed.
    var tail: Position { state.withLock { $0.ring?.tail ?? .origin } }

    /// Says that there may be something new.
    func signal() { wakeup.signal() }

    /// Follows the log until the task is cancelled, or the log is found to have a hole or to have gone back.
    func run() async {
        while !Task.isCancelled {
            do {
                try await follow()
            } catch let error as LogError {
                logger.critical("the log is damaged", metadata: ["log.error": "\(error)"])
                state.withLock { $0.failure = error }
                break
            } catch let error as PostgresError where error.kind == .poolClosed {
                // The log's handle is shutting down.
                break
            } catch {
                if Task.isCancelled { break }
                logger.warning("the log cannot be read", metadata: ["postgres.error": "\(error)"])
                await wakeup.wait()
            }
        }
        wake { $0.isEnded = true }
    }

    private func follow() async throws {
        if state.withLock({ $0.ring == nil }) {
            let tail = try await reader.tail()
            // Seen before anybody is served: from then on its loss is noticed.
            let last = try await reader.page(after: Position(max(0, tail.rawValue - 1)), limit: 1).first
            wake { state in
                state.ring = EventRing(
                    tail: last?.position ?? tail,
                    last: last.map { EventRing.Identity($0) },
                    eventLimit: self.configuration.ringEventLimit,
                    byteLimit: self.configuration.ringByteLimit
                )
            }
        }
        while !Task.isCancelled {
            let events = try await nextPage()
            var isWhole = true
            if !events.isEmpty { wake { isWhole = $0.ring?.take(events) ?? true } }
            if events.count < Self.pageLimit, isWhole { await wakeup.wait() }
        }
    }

    /// What follows the last event, which is read once more: it may have been lost, and more written in its place.
    private func nextPage() async throws -> [RecordedEvent] {
        let (tail, last) = state.withLock { ($0.ring?.tail ?? .origin, $0.ring?.last) }
        guard tail > .origin else { return try await reader.page(after: tail, limit: Self.pageLimit) }
        let events: [RecordedEvent]
        do {
            events = try await reader.page(after: tail.advanced(by: -1), limit: Self.pageLimit + 1)
        } catch LogError.detached {
            // It stands at the end of a partition that was detached a moment ago.
            return try await reader.page(after: tail, limit: Self.pageLimit)
        }
        guard let known = events.first, last.map({ $0 == EventRing.Identity(known) }) ?? true else {
            throw LogError.wentBack(log: reader.log, position: tail)
        }
        return Array(events.dropFirst())
    }

    /// Takes in a batch that this process has committed, so that it is not read back. Returns at once.
    func take(_ batch: CommittedBatch) {
        let events = state.withLock(\.isFollowed) ? batch.events() : nil
        var isWhole = true
        wake { state in
            isWhole =
                if let events {
                    state.ring?.take(events) ?? true
                } else {
                    state.ring?.pass(batch.count, after: batch.before, last: batch.last) ?? true
                }
        }
        // The gap belongs to another process, or to another lane whose answer is on its way.
        if !isWhole { wakeup.signal() }
    }

    /// Changes the state and lets all that wait look again.
    private func wake(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    // MARK: Subscriptions

    /// - Throws: the reason why the log cannot be followed any more.
    func serve(after position: Position, limit: Int) throws(LogError) -> Serving {
        let (serving, failure) = state.withLock { state -> (Serving, LogError?) in
            state.isFollowed = true
            if let failure = state.failure { return (.ended, failure) }
            if state.isEnded { return (.ended, nil) }
            guard let ring = state.ring else { return (.upToDate, nil) }
            guard let events = ring.events(after: position, limit: limit) else { return (.notInMemory, nil) }
            return (events.isEmpty ? .upToDate : .events(events), nil)
        }
        if let failure { throw failure }
        return serving
    }

    /// Waits until there may be events after the position; returns early when the task is cancelled or is to shut down.
    func waitForEvents(after position: Position) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let interrupted = Atomic<Bool>(false)
        await withTaskCancellationOrGracefulShutdownHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.isEnded || interrupted.load(ordering: .acquiring)
                        || state.ring.map({ $0.tail > position }) == true
                    {
                        return true
                    }
                    state.waiters[id] = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancelOrGracefulShutdown: {
            interrupted.store(true, ordering: .releasing)
            self.state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
