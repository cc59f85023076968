import EventSourcing
import Logging
import Postgres
import Synchronization

/// One session that writes batches, one after the other, until the appender has no more.
///
/// It never cancels an append on the server: a call that takes too long costs the connection, and the same ids are asked
/// again on the next. The unique command ids make that safe, also while the lost transaction may still commit.
struct AppendLane {
    let number: Int
    let appender: Appender
    let session: AppendSession
    let configuration: LogConfiguration
    let metrics: AppendMetrics
    let logger: Logger
    private var guess = NewStreamGuess()
    /// Since when the server could not be reached; nil while it can.
    private var outageBegan: ContinuousClock.Instant?

    /// How often a batch meets writes of other processes before it takes the log's lock first and then looks.
    private static let surpriseLimit = 2
    /// How often a batch is sent anew after its session was lost under way.
    private static let lossLimit = 4
    /// For how many batches like the one that lacks them numbers for new streams are taken.
    private static let streamIDsAhead = 4
    /// Under the lock only a deadlock over keys is left; each is resolved by the server in a second.
    private static let lockedSurpriseLimit = 10

    init(
        number: Int,
        appender: Appender,
        session: AppendSession,
        configuration: LogConfiguration,
        metrics: AppendMetrics,
        logger: Logger
    ) {
        self.number = number
        self.appender = appender
        self.session = session
        self.configuration = configuration
        self.metrics = metrics
        self.logger = logger
    }

    /// Works until the appender is closed or drained, and everything the lane took has its answer.
    mutating func run() async {
        while let batch = await appender.next(for: number) {
            let returned = await settle(batch)
            appender.finish(number, returned: returned)
        }
        await session.close()
    }

    /// Answers every ticket but those that must wait for this batch, which it returns.
    private mutating func settle(_ batch: [AppendTicket]) async -> [AppendTicket] {
        var open = batch
        var deferred: [AppendTicket] = []
        var surprises = 0
        var losses = 0
        var lacksPartition = false
        var backoff = Duration.milliseconds(20)
        while !open.isEmpty {
            do throws(AppendFailure) {
                try await session.open()
                outageBegan = nil
                if lacksPartition {
                    try await session.addPartitions(
                        room: configuration.partitionRoom,
                        size: configuration.partitionEvents
                    )
                    lacksPartition = false
                }
                if surprises < Self.surpriseLimit {
                    try await write(&open, deferring: &deferred)
                } else {
                    try await writeUnderLock(&open, deferring: &deferred)
                }
            } catch {
                switch error {
                case .surprise:
                    surprises += 1
                    metrics.surprised()
                    askAgain(about: &open)
                    if surprises >= Self.surpriseLimit + Self.lockedSurpriseLimit {
                        fail(&open, reason: "other writers were always first")
                    }
                case .noPartition:
                    lacksPartition = true
                case .tailMissing:
                    // The next session finds out how far the server went back, and stops the log.
                    await session.close()
                    losses += 1
                    if losses >= Self.lossLimit { fail(&open, reason: "the log's tail is missing") }
                case .unavailable(let reason):
                    // The next session may find a server that can write, as after a failover.
                    await session.close()
                    logger.warning("append failed", metadata: ["postgres.error": "\(reason)"])
                    fail(&open, reason: reason)
                case .refused(let reason):
                    deferred += await isolate(&open, reason: reason)
                case .lost(let reason):
                    await session.close()
                    appender.known.withLock { $0.forgetAll() }
                    askAgain(about: &open)
                    // Whether the server is gone or merely never answers, callers hear of it within bounds.
                    losses += outageBegan == nil ? 1 : 0
                    guard losses < Self.lossLimit, await mayTryAgain(after: &backoff) else {
                        logger.warning("log unreachable", metadata: ["postgres.error": "\(reason)"])
                        fail(&open, reason: reason)
                        break
                    }
                case .regressed(let error):
                    appender.halt(error)
                    for ticket in open { ticket.answer(.failure(error)) }
                    open = []
                }
            }
        }
        return deferred
    }

    private func askAgain(about open: inout [AppendTicket]) {
        for index in open.indices { open[index].mustAsk = true }
    }

    /// Waits a little within the patience of the outage.
    private mutating func mayTryAgain(after backoff: inout Duration) async -> Bool {
        let began = outageBegan ?? .now
        outageBegan = began
        guard began.duration(to: .now) + backoff < configuration.patience else { return false }
        do {
            try await Task.sleep(for: backoff)
        } catch {
            return false
        }
        backoff = min(backoff * 2, .seconds(1))
        return true
    }

    /// Answers the tickets: nothing was written, or nobody knows.
    private func fail(_ open: inout [AppendTicket], reason: String) {
        for ticket in open {
            ticket.answer(.failure(ticket.mayBeWritten ? .outcomeUnknown : .unavailable(reason: reason)))
        }
        open = []
    }

    /// Finds the append the server does not take by sending each alone.
    private mutating func isolate(_ open: inout [AppendTicket], reason: String) async -> [AppendTicket] {
        if open.count == 1 {
            open[0].answer(.failure(.invalid(reason: reason)))
            open = []
            return []
        }
        var returned: [AppendTicket] = []
        let tickets = open
        open = []
        for ticket in tickets { returned += await settle([ticket]) }
        return returned
    }

    // MARK: One attempt

    /// Writes and answers what can be written now. What is still open when it throws was not answered.
    private mutating func write(
        _ open: inout [AppendTicket],
        deferring deferred: inout [AppendTicket]
    ) async throws(AppendFailure) {
        var answers = AppendAnswers()
        var plan = try await makePlan(open, answers)
        while !plan.unknown.isEmpty {
            try await session.ask(about: plan.unknown, into: &answers)
            guess.learn(asked: answers.asked.count, foundAny: !answers.isEmpty)
            plan = try await makePlan(open, answers)
        }
        try session.acknowledge(plan.foundReceipts)
        plan.answerRefused()
        deferred += plan.deferred
        open = plan.writes.map(\.ticket)
        guard !open.isEmpty else { return }
        let call = try await makeCall(plan)
        let start = ContinuousClock.now
        do throws(AppendFailure) {
            let receipt = try await session.append(call)
            try session.acknowledge(receipt, count: plan.eventCount)
            if plan.hasGuessed { guess.wasRight() }
            settle(plan, receipt, since: start)
            open = []
        } catch {
            if case .lost = error { markSent(&open) }
            if case .surprise = error, plan.hasGuessed { guess.wasWrong() }
            throw error
        }
    }

    /// Does the same with the log's lock held from the beginning, so that no other process can be first.
    ///
    /// Another session may hold a key of the batch while it waits for the lock. The server ends such a deadlock.
    private mutating func writeUnderLock(
        _ open: inout [AppendTicket],
        deferring deferred: inout [AppendTicket]
    ) async throws(AppendFailure) {
        do throws(AppendFailure) {
            let start = ContinuousClock.now
            try await session.beginUnderLock()
            var answers = AppendAnswers()
            try await session.ask(about: open, into: &answers)
            let plan = try await makePlan(open, answers)
            var receipt: AppendSession.BatchReceipt?
            if !plan.writes.isEmpty { receipt = try await session.append(try await makeCall(plan)) }
            try await session.commit()
            try session.acknowledge(plan.foundReceipts)
            if let receipt { try session.acknowledge(receipt, count: plan.eventCount) }
            plan.answerRefused()
            deferred += plan.deferred
            if let receipt { settle(plan, receipt, since: start) }
            open = []
        } catch {
            // Whatever the transaction was doing ends with its connection.
            await session.close()
            if case .lost = error { markSent(&open) }
            throw error
        }
    }

    private func markSent(_ open: inout [AppendTicket]) {
        for index in open.indices { open[index].mayBeWritten = true }
    }

    private mutating func makePlan(
        _ tickets: [AppendTicket],
        _ answers: AppendAnswers
    ) async throws(AppendFailure) -> AppendPlan {
        while true {
            let plan = appender.known.withLock { known in
                AppendPlan(
                    tickets,
                    remembered: &known.heads,
                    answers: answers,
                    guessesNewStreams: guess.isOn,
                    streamIDs: &known.streamIDs
                )
            }
            guard plan.unknown.isEmpty, plan.missingStreamIDs > 0 else { return plan }
            // Batches of an import have many new streams each: the next ones need not ask and be planned twice as well.
            let blocks = try await session.takeStreamIDs(plan.missingStreamIDs * Self.streamIDsAhead)
            appender.known.withLock { known in
                for first in blocks { known.streamIDs.add(blockFrom: first) }
            }
        }
    }

    private func makeCall(_ plan: AppendPlan) async throws(AppendFailure) -> Call {
        var arrays = AppendArrays(plan, types: session.types)
        if !arrays.missingTypes.isEmpty {
            try await session.register(arrays.missingTypes)
            arrays = AppendArrays(plan, types: session.types)
        }
        return arrays.call(knownTail: appender.acknowledged.position)
    }

    private func settle(_ plan: AppendPlan, _ receipt: AppendSession.BatchReceipt, since start: ContinuousClock.Instant)
    {
        appender.known.withLock { known in
            for (stream, head) in plan.heads { known.heads[stream] = head }
        }
        metrics.committed(events: plan.eventCount, since: start)
        if let batch = plan.committed(receipt) { appender.tell(of: batch) }
        plan.answerWritten(receipt)
    }
}

extension AppendPlan {
    /// The batch as it is told of; nil when it has no events.
    fileprivate func committed(_ receipt: AppendSession.BatchReceipt) -> CommittedBatch? {
        guard let append = writes.last?.ticket.append else { return nil }
        let last = EventID(command: append.command, ordinal: Int16(append.eventCount - 1))
        return CommittedBatch(
            before: receipt.first.advanced(by: -1),
            count: eventCount,
            last: EventRing.Identity(id: last, recordedAt: receipt.recordedAt),
            events: { recorded(receipt) }
        )
    }

    /// The events of the batch as the log now holds them.
    private func recorded(_ receipt: AppendSession.BatchReceipt) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        events.reserveCapacity(writes.count)
        for write in writes {
            let append = write.ticket.append
            var ordinal: Int16 = 0
            for (streamWrite, head) in zip(append.writes, write.heads) {
                for (offset, event) in streamWrite.events.enumerated() {
                    events.append(
                        RecordedEvent(
                            position: receipt.first.advanced(by: events.count),
                            stream: streamWrite.stream,
                            version: head.version.advanced(by: offset + 1),
                            id: EventID(command: append.command, ordinal: ordinal),
                            type: event.type,
                            occurredAt: append.occurredAt,
                            recordedAt: receipt.recordedAt,
                            metadata: append.metadata,
                            data: event.data
                        )
                    )
                    ordinal += 1
                }
            }
        }
        return events
    }

    /// Of the commands that are in the log already.
    fileprivate var foundReceipts: [AppendReceipt] {
        refused.compactMap { _, verdict in
            switch verdict {
            case .appended(let receipt), .duplicate(let receipt): receipt
            case .conflict: nil
            }
        }
    }

    /// Answers what is in the log now. Appends of one request that follow each other are answered at once.
    fileprivate func answerWritten(_ receipt: AppendSession.BatchReceipt) {
        var first = receipt.first
        var answers: [(index: Int, answer: Result<Verdict, AppendError>)] = []
        for (place, write) in writes.enumerated() {
            let ticket = write.ticket
            let count = ticket.append.eventCount
            let written = AppendReceipt(first: first, count: count, recordedAt: receipt.recordedAt)
            answers.append((ticket.index, .success(.appended(written))))
            first = first.advanced(by: count)
            let next = place + 1 < writes.count ? writes[place + 1].ticket.request : nil
            guard next !== ticket.request else { continue }
            ticket.request.answer(answers)
            answers.removeAll(keepingCapacity: true)
        }
    }

    /// Answers what will not be sent.
    fileprivate func answerRefused() {
        for (ticket, verdict) in refused { ticket.answer(.success(verdict)) }
        for (ticket, error) in invalid { ticket.answer(.failure(error)) }
    }
}
