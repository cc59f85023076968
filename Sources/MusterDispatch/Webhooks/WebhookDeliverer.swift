import AsyncHTTPClient
package import EventSourcing
package import Logging
import Metrics
package import MusterCommands
import MusterDomain
import NIOCore
import Postgres
import ServiceLifecycle
package import TaskQueue

/// Brings tasks to the systems of parties whose channel is a webhook.
///
/// Each task is leased, posted and acknowledged; it is posted again, with the same `webhook-id`, when it failed or when
/// this process died in between. A party whose system fails is left alone for a while (`CircuitBreaker`). Any number of
/// processes may deliver; the limit per party and the circuits are each one's own, the queue's limits hold over all.
///
/// What came of each attempt is in the delivery log.
///
/// On logs of mode `exercise` nothing leaves the house (R15.5): tasks end as withheld.
package struct WebhookDeliverer: Service {
    private let log: LogName
    private let mode: LogMode
    private let handler: CommandHandler
    private let queue: Queue
    private let secrets: WebhookSecrets
    private let configuration: WebhookConfiguration
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let slots: DeliverySlots
    private let circuits: Circuits
    private let deliveries: DeliveryLog

    package init(
        handler: CommandHandler,
        queue: Queue,
        secrets: WebhookSecrets,
        configuration: WebhookConfiguration = WebhookConfiguration(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        log = handler.store.name
        mode = handler.store.mode
        self.handler = handler
        self.queue = queue
        self.secrets = secrets
        self.configuration = configuration
        self.now = now
        self.logger = logger
        slots = DeliverySlots(perParty: configuration.perParty, total: configuration.total)
        circuits = Circuits(configuration.circuit)
        deliveries = DeliveryLog(queue: queue, logger: logger)
    }

    /// Delivers until shutdown. On graceful shutdown nothing is leased any more, and it returns when what is under way has
    /// come to an end, within the timeout. On cancellation leases run out.
    package func run() async throws {
        guard mode != .history else { return try await gracefulShutdown() }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: clientSettings)
        let sender = WebhookSender(client: client, timeout: configuration.timeout, now: now)
        await withTaskGroup { group in
            group.addTask { await deliveries.run() }
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled, !Task.isShuttingDownGracefully {
                    await deliver(with: sender, in: &group)
                }
            }
            group.cancelAll()
        }
        do {
            try await deliveries.flush()
        } catch {
            logger.notice("last deliveries are not in their log", metadata: ["error": "\(error)"])
        }
        try await client.shutdown()
    }

    private var clientSettings: HTTPClient.Configuration {
        // The sender's own deadline, which covers everything, comes first.
        let limit = TimeAmount(configuration.timeout + .seconds(1))
        var settings = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: limit, read: limit)
        )
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.perParty
        // A refused connection is an answer; the queue decides when to try again.
        settings.connectionPool.retryConnectionEstablishment = false
        return settings
    }

    /// Delivers to the parties as they are now, until it is time to read them again.
    private func deliver(with sender: WebhookSender, in group: inout DiscardingTaskGroup) async {
        let end = ContinuousClock.now.advanced(by: configuration.directoryInterval)
        do {
            let directory = try await directory()
            while ContinuousClock.now < end, !Task.isShuttingDownGracefully {
                let shares = shares(of: directory.keys)
                guard !shares.isEmpty else {
                    try await slots.freed.wait(until: min(end, .now.advanced(by: configuration.pollInterval)))
                    continue
                }
                let demand = Turn.Demand(
                    shares,
                    amount: slots.left,
                    term: configuration.lease,
                    endsWithProcess: true
                )
                let patience = min(end - .now, configuration.pollInterval)
                for task in try await queue.lease(demand, worker: "webhook", patience: patience) {
                    guard let url = directory[task.agency] else { continue }
                    guard mode != .live || circuits.start(task, at: now()) else {
                        // The circuit opened while the queue was waited for.
                        let failure = TaskFailure(task.grant, error: "not sent", .giveBack(after: .zero))
                        _ = try await queue.fail([failure])
                        continue
                    }
                    slots.take(task.agency)
                    group.addTask {
                        await hand(task, to: url, with: sender)
                        slots.giveBack(task.agency)
                    }
                }
            }
        } catch  where Task.isCancelled || error is CancellationError {
            return
        } catch {
            logger.warning("webhooks interrupted, trying again", metadata: ["error": "\(error)"])
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: configuration.pollInterval) }
        }
    }

    /// How many tasks of each party may be asked for now.
    private func shares(of parties: some Sequence<String>) -> [Turn.Demand.Share] {
        let now = now()
        var allowances: [String: Int] = [:]
        let asked = parties.filter { party in
            allowances[party] = circuits.allowance(of: party, at: now)
            return allowances[party] != 0
        }
        return slots.free(for: asked).map {
            Turn.Demand.Share(agency: $0.party, amount: min($0.amount, allowances[$0.party] ?? .max))
        }
    }

    /// The addresses of the parties whose channel is a webhook.
    private func directory() async throws -> [String: WebhookURL] {
        var directory: [String: WebhookURL] = [:]
        for party in try await handler.register().authority.parties.values where party.channel == .webhook {
            directory[party.id.rawValue] = party.webhookURL
        }
        return directory
    }

    // MARK: One task

    private func hand(_ task: LeasedTask, to url: WebhookURL, with sender: WebhookSender) async {
        do {
            guard mode == .live, let party = PartyID(rawValue: task.agency) else {
                _ = try await queue.withhold([task.grant], reason: "a log of mode \(mode.rawValue) reaches nobody")
                return count("withheld")
            }
            try await send(task, to: url, with: sender, secrets: secrets.all(of: party))
        } catch {
            // The lease runs out, and the task is handed over again under the same id.
            if error is CancellationError { return }
            count("unrecorded")
            logger.warning("webhook's outcome not recorded", metadata: metadata(task, "\(error)"))
        }
    }

    private func send(
        _ task: LeasedTask,
        to url: WebhookURL,
        with sender: WebhookSender,
        secrets: [WebhookSecret]
    ) async throws {
        let (startedAt, start) = (now(), ContinuousClock.now)
        let message = WebhookMessage(task, log: log)
        let answer = try await sender.send(message, to: url, secrets: secrets)
        let duration = ContinuousClock.now - start
        Timer(label: "muster_webhook_seconds").record(duration: duration)
        let (verdict, circuit) = circuits.end(task, answer.meaning, at: now())
        var outcome = Delivery.Outcome.unrecorded
        defer {
            deliveries.add(
                Delivery(
                    of: task,
                    message: message.id,
                    startedAt: startedAt,
                    duration: duration,
                    status: answer.status,
                    answerBytes: answer.bytes,
                    outcome: outcome,
                    note: answer.words,
                    circuit: circuit
                )
            )
        }
        if answer.meaning == .delivered {
            _ = try await queue.acknowledge([task.grant])
            outcome = .delivered
        } else {
            let error = answer.words ?? "not taken"
            let (end, consequence) = Self.consequence(of: answer.meaning, verdict)
            _ = try await queue.fail([TaskFailure(task.grant, error: error, consequence)])
            outcome = end
            logger.notice("webhook failed", metadata: metadata(task, error))
        }
        count(outcome.rawValue)
    }

    private static func consequence(
        of meaning: WebhookAnswer.Meaning,
        _ verdict: CircuitBreaker.Verdict
    ) -> (Delivery.Outcome, TaskFailure.Consequence) {
        switch verdict {
        case .giveBack(let wait): (.returned, .giveBack(after: wait))
        case .attempt: meaning == .gone ? (.buried, .bury) : (.failed, .backOff)
        }
    }

    private func count(_ outcome: String) {
        Counter(label: "muster_webhooks_total", dimensions: [("outcome", outcome)]).increment()
    }

    private func metadata(_ task: LeasedTask, _ reason: String) -> Logger.Metadata {
        [
            "task.id": "\(task.grant.task)",
            "task.party": "\(task.agency)",
            "task.attempt": "\(task.attempt)",
            "error": "\(reason)",
        ]
    }
}
