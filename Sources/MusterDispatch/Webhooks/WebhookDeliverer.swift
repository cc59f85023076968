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
/// this process died in between. Any number of processes may deliver; the limit per party holds for each of them.
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
    }

    /// Delivers until shutdown. On graceful shutdown nothing is leased any more, and it returns when what is under way has
    /// come to an end, within the timeout. On cancellation leases run out.
    package func run() async throws {
        guard mode != .history else { return try await gracefulShutdown() }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: clientSettings)
        let sender = WebhookSender(client: client, timeout: configuration.timeout, now: now)
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                await deliver(with: sender, in: &group)
            }
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
                let shares = slots.free(for: Array(directory.keys)).map {
                    Turn.Demand.Share(agency: $0.party, amount: $0.amount)
                }
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
            let start = ContinuousClock.now
            let message = WebhookMessage(task, log: log)
            let answer = try await sender.send(message, to: url, secret: secrets.secret(of: party))
            Timer(label: "muster_webhook_seconds").record(duration: .now - start)
            switch answer {
            case .delivered:
                _ = try await queue.acknowledge([task.grant])
                count("delivered")
            case .failed(let reason, let consequence):
                _ = try await queue.fail([TaskFailure(task.grant, error: reason, consequence)])
                count(consequence == .bury ? "buried" : "failed")
                logger.notice("webhook failed", metadata: metadata(task, reason))
            }
        } catch is CancellationError {
            return
        } catch {
            // The lease runs out, and the task is handed over again under the same id.
            count("unrecorded")
            logger.warning("webhook's outcome not recorded", metadata: metadata(task, "\(error)"))
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
