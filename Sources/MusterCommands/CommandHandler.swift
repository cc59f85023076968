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
            let outcome = try await decide(envelope)
            record(envelope.entry.name, outcome.metricLabel, since: start)
            return outcome
        } catch {
            record(envelope.entry.name, error.metricLabel, since: start)
            throw error
        }
    }

    private func decide(_ envelope: CommandEnvelope) async throws(CommandFailure) -> CommandOutcome {
        let command = envelope.command
        let stream = command.stream
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
            if isFresh { try await refresh(for: command) }
            let register = try await register()
            var folded = cache.withLock { $0.folded(stream) }
            let isAssumedNew = mayBeNew && !isFresh && folded == nil
            if !isAssumedNew, folded == nil { folded = try await load(Self.subject(of: command), from: stream) }
            let context = Context(
                actor: envelope.actor,
                command: envelope.id,
                occurredAt: occurredAt,
                now: arrival,
                authority: register.authority,
                territories: register.territories,
                limits: limits,
                playbooks: try await playbooks(for: command),
                references: try await references(of: command)
            )
            let metadata = EventMetadata(
                actor: envelope.entry.hidesActor ? context.hiddenActor : envelope.actor,
                correlation: envelope.correlation ?? envelope.id,
                causation: envelope.causation
            )
            let decision: Decision
            do throws(Rejection) {
                try context.authorise(envelope.entry)
                decision = try command.decision(on: folded, in: context, as: metadata)
            } catch {
                guard isFresh else {
                    if isAssumedNew { mayBeNew = false } else { isFresh = true }
                    continue
                }
                if error.kind != .forbidden, let first = try await receipt(of: envelope.id) { return .repeated(first) }
                throw .rejected(error)
            }
            guard !decision.writes.isEmpty else {
                guard isFresh else {
                    if isAssumedNew { mayBeNew = false } else { isFresh = true }
                    continue
                }
                return try await receipt(of: envelope.id).map { .repeated($0) } ?? .nothingToDo
            }
            switch try await append(decision, to: stream, as: metadata, context) {
            case .appended(let receipt):
                return .appended(receipt)
            case .duplicate(let receipt):
                return .repeated(receipt)
            case .conflict(let stream, _):
                if let claim = decision.claim, claim.stream == stream { throw .rejected(claim.refusal) }
                conflicts += 1
                guard conflicts < Self.attempts else { throw .conflict(stream) }
                isFresh = true
            }
        }
    }

    // MARK: - Loading

    /// Parties, posts, lists and territories, as they stood in the log a second ago or later.
    package func register() async throws(CommandFailure) -> (authority: Authority, territories: TerritoryRegister) {
        let time = now()
        let isStale = registerReadAt.withLock { readAt in
            guard let last = readAt, time.since(last) < Self.registerLifetime, last <= time else {
                readAt = time
                return true
            }
            return false
        }
        if isStale { try await refresh(Self.registers) }
        let authority = try await load(Authority.self, from: Authority.stream)
        let territories = try await load(TerritoryRegister.self, from: TerritoryRegister.stream)
        return (authority.state(as: Authority.self), territories.state(as: TerritoryRegister.self))
    }

    private static let registers: [StreamName: any Aggregate.Type] = [
        Authority.stream: Authority.self, TerritoryRegister.stream: TerritoryRegister.self,
    ]

    /// Few commands look at playbooks; the others pay nothing for them.
    private func playbooks(for command: some Command) async throws(CommandFailure) -> PlaybookRegister {
        guard type(of: command).readsPlaybooks else { return PlaybookRegister() }
        try await refresh([PlaybookRegister.stream: PlaybookRegister.self])
        return try await load(PlaybookRegister.self, from: PlaybookRegister.stream).state(as: PlaybookRegister.self)
    }

    private func references(of command: some Command) async throws(CommandFailure) -> [StreamName: any Aggregate] {
        var references: [StreamName: any Aggregate] = [:]
        for stream in command.references {
            references[stream] = try await load(Self.subject(of: command), from: stream).subject
        }
        return references
    }

    private static func subject<C: Command>(of _: C) -> any Aggregate.Type { C.Subject.self }

    /// The subject of a stream: from the cache, or from the log when it is not there.
    private func load(
        _ subject: any Aggregate.Type,
        from stream: StreamName
    ) async throws(CommandFailure) -> any FoldedSubject {
        if let folded = cache.withLock({ $0.folded(stream) }) { return folded }
        return try await fold(subject, of: stream, events: try await newer([stream: .none]), after: nil)
    }

    /// Brings all that a decision rests on up to date with the log.
    private func refresh(for command: some Command) async throws(CommandFailure) {
        var subjects = Self.registers
        for stream in command.references { subjects[stream] = Self.subject(of: command) }
        subjects[command.stream] = Self.subject(of: command)
        try await refresh(subjects)
    }

    /// Brings subjects up to date with the log, by one question.
    private func refresh(_ subjects: [StreamName: any Aggregate.Type]) async throws(CommandFailure) {
        var known: [StreamName: any FoldedSubject] = [:]
        var versions: [StreamName: StreamVersion] = [:]
        cache.withLock { cache in
            for stream in subjects.keys {
                known[stream] = cache.folded(stream)
                versions[stream] = known[stream]?.version ?? StreamVersion.none
            }
        }
        let events = Dictionary(grouping: try await newer(versions), by: \.stream)
        for (stream, subject) in subjects where known[stream] == nil || events[stream] != nil {
            _ = try await fold(subject, of: stream, events: events[stream] ?? [], after: known[stream])
        }
    }

    /// Folds the newer events of a stream, which are its first page, and those of the pages to come, into what is cached.
    private func fold(
        _ subject: any Aggregate.Type,
        of stream: StreamName,
        events: [RecordedEvent],
        after known: (any FoldedSubject)?
    ) async throws(CommandFailure) -> any FoldedSubject {
        var (page, known) = (events, known)
        while true {
            let folded: any FoldedSubject
            do throws(Problems) {
                folded = try subject.fold(page, after: known)
            } catch {
                throw .unavailable(
                    reason: "stream \(stream) holds an event that cannot be read: \(error.list[0].words.en)"
                )
            }
            guard page.count == Self.pageSize else {
                cache.withLock { $0.keep(folded, for: stream) }
                return folded
            }
            known = folded
            page = try await newer([stream: folded.version])
        }
    }

    /// A page of each stream.
    private func newer(_ versions: [StreamName: StreamVersion]) async throws(CommandFailure) -> [RecordedEvent] {
        do {
            return try await store.events(after: versions, limit: Self.pageSize)
        } catch {
            let streams = versions.keys.map(\.rawValue).sorted().joined(separator: ", ")
            throw .unavailable(reason: "stream \(streams) cannot be read: \(error)")
        }
    }

    private func receipt(of command: CommandID) async throws(CommandFailure) -> AppendReceipt? {
        do {
            return try await store.receipt(of: command)
        } catch {
            throw .unavailable(reason: "the log cannot be read: \(error)")
        }
    }

    // MARK: - Appending

    private func append(
        _ decision: Decision,
        to stream: StreamName,
        as metadata: EventMetadata,
        _ context: Context
    ) async throws(CommandFailure) -> Verdict {
        guard decision.isWhole else { throw .unavailable(reason: "an event of stream \(stream) has no stored form") }
        let verdict: Verdict
        do {
            verdict = try await store.append(
                Append(
                    command: context.command,
                    occurredAt: context.occurredAt,
                    metadata: EventMetadata.record.encode(metadata),
                    writes: decision.writes
                )
            )
        } catch {
            throw CommandFailure(error)
        }
        if case .appended(let receipt) = verdict {
            let folded = decision.folded(receipt.recordedAt)
            cache.withLock { $0.keep(folded, for: stream) }
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
