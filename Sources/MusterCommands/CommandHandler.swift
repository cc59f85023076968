package import EventSourcing
import Metrics
package import MusterDomain
import Records
import Synchronization

/// The one way by which commands become events: check → authorise → load → decide → append.
///
/// Every door uses it: HTTP, batches, policies and clocks. States are cached between commands; the log refuses an append
/// that was decided on an old state, and then the command is decided again on the new one.
package final class CommandHandler: Sendable {
    private static let pageSize = 1_000
    private static let attempts = 8
    private static let subjectsKept = 20_000
    /// How long the register of authority is used before the log is asked again for what other processes appended.
    private static let registerLifetime = Duration.seconds(1)

    package let store: any EventStore
    private let limits: Limits
    private let now: @Sendable () -> Timestamp
    private let cache = Mutex(StateCache(capacity: subjectsKept))
    private let registerReadAt = Mutex<Timestamp?>(nil)
    /// By command and outcome: there are some hundreds.
    private let timers = Mutex<[String: [String: Timer]]>([:])

    /// - Parameter now: the clock; commands are dated and future times refused by it.
    package init(store: any EventStore, limits: Limits, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.limits = limits
        self.now = now
    }

    /// Handles one command.
    ///
    /// The call may be repeated with the same id at any time, by any process: events are appended once, and the first
    /// answer comes again. Cancelling the calling task does not undo an append that was sent.
    package func handle(_ envelope: CommandEnvelope) async throws(CommandFailure) -> CommandOutcome {
        let start = ContinuousClock.now
        do throws(CommandFailure) {
            let outcome = try await handle(envelope.command, of: envelope)
            record(envelope.entry.name, outcome.metricLabel, since: start)
            return outcome
        } catch {
            record(envelope.entry.name, error.metricLabel, since: start)
            throw error
        }
    }

    /// Parties, posts, lists and territories as they stand now in the log.
    package func register() async throws(CommandFailure) -> (authority: Authority, territories: TerritoryRegister) {
        try await register(refresh: false)
    }

    private func handle<C: Command>(
        _ command: C,
        of envelope: CommandEnvelope
    ) async throws(CommandFailure) -> CommandOutcome {
        let arrival = now()
        let occurredAt = envelope.occurredAt ?? arrival
        guard occurredAt <= arrival + limits.clockAhead else { throw .invalid(Self.inTheFuture) }
        // The first decision uses what is cached. A stream that is not cached is taken for a new one, as those of most
        // commands from outside are; the log refuses the append when it is not. A refusal is given only after the log was
        // asked.
        var isFresh = false
        var mayBeNew = true
        var conflicts = 0
        while true {
            let register = try await register(refresh: isFresh)
            let isAssumedNew =
                mayBeNew && !isFresh && cache.withLock { $0.state(of: command.stream, as: C.Subject.self) == nil }
            let subject =
                isAssumedNew ? Loaded() : try await load(C.Subject.self, from: command.stream, refresh: isFresh)
            // Few commands look at playbooks; the others pay nothing for them.
            let playbooks =
                C.readsPlaybooks
                ? try await load(PlaybookRegister.self, from: PlaybookRegister.stream, refresh: true).state
                : PlaybookRegister()
            var references: [StreamName: any Aggregate] = [:]
            for stream in command.references {
                references[stream] = try await load(C.Subject.self, from: stream, refresh: isFresh).state
            }
            let context = Context(
                actor: envelope.actor,
                command: envelope.id,
                occurredAt: occurredAt,
                now: arrival,
                authority: register.authority,
                territories: register.territories,
                limits: limits,
                playbooks: playbooks,
                references: references
            )
            let events: [C.Subject.Event]
            do throws(Rejection) {
                try context.authorise(envelope.entry)
                events = try command.decide(subject.state, in: context)
            } catch {
                guard isFresh else {
                    if isAssumedNew { mayBeNew = false } else { isFresh = true }
                    continue
                }
                if error.kind != .forbidden, let first = try await receipt(of: envelope.id) { return .repeated(first) }
                throw .rejected(error)
            }
            guard !events.isEmpty else {
                guard isFresh else {
                    if isAssumedNew { mayBeNew = false } else { isFresh = true }
                    continue
                }
                return try await receipt(of: envelope.id).map { .repeated($0) } ?? .nothingToDo
            }
            switch try await append(events, of: command, after: subject, context: context, envelope: envelope) {
            case .appended(let receipt):
                return .appended(receipt)
            case .duplicate(let receipt):
                return .repeated(receipt)
            case .conflict(let stream, _):
                if let claim = command.claim, claim.stream == stream { throw .rejected(claim.refusal) }
                conflicts += 1
                guard conflicts < Self.attempts else { throw .conflict(stream) }
                isFresh = true
            }
        }
    }

    // MARK: - Loading

    private func register(
        refresh: Bool
    ) async throws(CommandFailure) -> (authority: Authority, territories: TerritoryRegister) {
        let time = now()
        let isStale = registerReadAt.withLock { readAt in
            guard let last = readAt, time.since(last) < Self.registerLifetime, last <= time else {
                readAt = time
                return true
            }
            return false
        }
        let authority = try await load(Authority.self, from: Authority.stream, refresh: refresh || isStale)
        let territories = try await load(
            TerritoryRegister.self,
            from: TerritoryRegister.stream,
            refresh: refresh || isStale
        )
        return (authority.state, territories.state)
    }

    /// The state of a stream: from the cache, brought up to date with the log when there is none or `refresh` asks for it.
    private func load<Subject: Aggregate>(
        _: Subject.Type,
        from stream: StreamName,
        refresh: Bool
    ) async throws(CommandFailure) -> Loaded<Subject> {
        let cached = cache.withLock { $0.state(of: stream, as: Subject.self) }
        if let cached, !refresh { return cached }
        var loaded = cached ?? Loaded()
        do {
            while true {
                let page = try await store.events(of: stream, after: loaded.version, limit: Self.pageSize)
                for recorded in page { try loaded.fold(recorded) }
                if page.count < Self.pageSize { break }
            }
        } catch let problems as Problems {
            throw .unavailable(
                reason: "stream \(stream) holds an event that cannot be read: \(problems.list[0].words.en)"
            )
        } catch {
            throw .unavailable(reason: "stream \(stream) cannot be read: \(error)")
        }
        let result = loaded
        cache.withLock { $0.keep(result, for: stream) }
        return result
    }

    private func receipt(of command: CommandID) async throws(CommandFailure) -> AppendReceipt? {
        do {
            return try await store.receipt(of: command)
        } catch {
            throw .unavailable(reason: "the log cannot be read: \(error)")
        }
    }

    // MARK: - Appending

    private func append<C: Command>(
        _ events: [C.Subject.Event],
        of command: C,
        after subject: Loaded<C.Subject>,
        context: Context,
        envelope: CommandEnvelope
    ) async throws(CommandFailure) -> Verdict {
        let stream = command.stream
        let correlation = envelope.correlation ?? envelope.id
        let actor = envelope.entry.hidesActor ? Actor.nobody(in: envelope.actor.territory) : envelope.actor
        let metadata = EventMetadata(actor: actor, correlation: correlation, causation: envelope.causation)
        let expected: ExpectedVersion = subject.version == .none ? .noStream : .exactly(subject.version)
        let table = C.Subject.Event.table
        var writes = [StreamWrite(stream: stream, expected: expected, events: table.encode(events))]
        var count = events.count
        if let claim = command.claim {
            let taking = table.encode([claim.event])
            writes.append(StreamWrite(stream: claim.stream, expected: .noStream, events: taking))
            count += 1
        }
        guard writes.reduce(0, { $0 + $1.events.count }) == count else {
            throw .unavailable(reason: "an event of stream \(stream) has no stored form")
        }
        let verdict: Verdict
        do {
            verdict = try await store.append(
                Append(
                    command: envelope.id,
                    occurredAt: context.occurredAt,
                    metadata: EventMetadata.record.encode(metadata),
                    writes: writes
                )
            )
        } catch {
            throw CommandFailure(error)
        }
        if case .appended(let receipt) = verdict {
            var advanced = subject
            for ordinal in events.indices {
                let origin = Origin(
                    event: EventID(command: envelope.id, ordinal: Int16(ordinal)),
                    actor: actor,
                    occurredAt: context.occurredAt,
                    recordedAt: receipt.recordedAt,
                    correlation: correlation,
                    causation: envelope.causation
                )
                advanced.state.evolve(events[ordinal], from: origin)
            }
            advanced.version = subject.version.advanced(by: events.count)
            let result = advanced
            cache.withLock { $0.keep(result, for: stream) }
        }
        return verdict
    }

    private func record(_ command: String, _ outcome: String, since start: ContinuousClock.Instant) {
        let timer = timers.withLock { timers in
            if let timer = timers[command]?[outcome] { return timer }
            let timer = Timer(
                label: "muster_command_seconds",
                dimensions: [("command", command), ("outcome", outcome)]
            )
            timers[command, default: [:]][outcome] = timer
            return timer
        }
        timer.record(duration: .now - start)
    }

    private static let inTheFuture = Problems([
        Problem(
            pointer: "/occurredAt",
            code: "future",
            words: Words("is in the future; check the clock of the sender", zh: "时间在未来，请检查发送端时钟")
        )
    ])
}

extension Loaded {
    fileprivate mutating func fold(_ recorded: RecordedEvent) throws(Problems) {
        let metadata = try EventMetadata.record.decode(recorded.metadata)
        if let event = try Subject.Event.table.decode(recorded.type, recorded.data) {
            let origin = Origin(
                event: recorded.id,
                actor: metadata.actor,
                occurredAt: recorded.occurredAt,
                recordedAt: recorded.recordedAt,
                correlation: metadata.correlation,
                causation: metadata.causation
            )
            state.evolve(event, from: origin)
        }
        version = recorded.version
    }
}

extension CommandFailure {
    fileprivate init(_ error: AppendError) {
        self =
            switch error {
            case .overloaded(let retryAfter): .overloaded(retryAfter: retryAfter)
            case .outcomeUnknown: .outcomeUnknown
            case .unavailable(let reason): .unavailable(reason: reason)
            case .regressed(let acknowledged, let found):
                .unavailable(reason: "the log went back from position \(acknowledged) to \(found); writing has stopped")
            case .invalid(let reason):
                .invalid(Problems("log-bound", Words("breaks a bound of the log: \(reason)", zh: "超出日志限制：\(reason)")))
            }
    }

    fileprivate var metricLabel: String {
        switch self {
        case .invalid: "invalid"
        case .rejected: "rejected"
        case .conflict: "conflict"
        case .overloaded: "overloaded"
        case .unavailable: "unavailable"
        case .outcomeUnknown: "unknown"
        }
    }
}

extension CommandOutcome {
    fileprivate var metricLabel: String {
        switch self {
        case .appended: "appended"
        case .repeated: "repeated"
        case .nothingToDo: "nothing"
        }
    }
}
