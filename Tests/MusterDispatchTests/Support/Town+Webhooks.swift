import EventLog
import EventSourcing
import MusterDomain
import Postgres
import TaskQueue
import Testing

@testable import MusterDispatch

extension Town {
    static let webhookKey = [UInt8](repeating: 42, count: 32)

    /// Runs a deliverer in a town whose fire department is at an address. The deliverer's clock is the town's; what waits
    /// in the queue waits by the database's.
    static func delivering(
        to address: String,
        mode: LogMode = .live,
        secrets: WebhookSecrets? = WebhookSecrets(key: webhookKey),
        configure: @escaping @Sendable (inout WebhookConfiguration) -> Void = { _ in },
        body: @escaping @Sendable (Town) async throws -> Void
    ) async throws {
        let url = try #require(WebhookURL(rawValue: address))
        let secrets = try #require(secrets)
        try await with(mode: mode, webhook: url) { town in
            var configuration = WebhookConfiguration()
            configuration.pollInterval = .milliseconds(20)
            // A machine that is busy for a while is no receiver that says nothing.
            configuration.timeout = .seconds(600)
            configure(&configuration)
            let deliverer = WebhookDeliverer(
                handler: town.handler,
                queue: town.queue,
                secrets: secrets,
                configuration: configuration,
                now: { town.clock.now },
                logger: town.logger
            )
            try await town.running(deliverer) { try await body(town) }
        }
    }

    /// Enqueues a task for the fire department.
    func enqueue(_ key: String, priority: Int16 = 0) async throws {
        try await enqueue([(key, priority)])
    }

    func enqueue(_ keys: [(key: String, priority: Int16)]) async throws {
        let tasks = try keys.map { key, priority in
            try NewTask(
                agency: Self.fire.rawValue,
                kind: "whistle",
                uniqueKey: key,
                payload: Array(#"{"matter":"M-1"}"#.utf8),
                priority: priority
            )
        }
        queue.announce(try await log.pool.transaction { try await queue.enqueue(tasks, in: $0) })
    }

    /// What the delivery log says of the fire department, the newest first.
    func deliveries() async throws -> [Delivery] {
        try await queue.deliveries(to: Self.fire.rawValue, limit: DeliveryReport.maximumDeliveries).deliveries
    }

    /// The first that the delivery log says of the fire department, once it does.
    func firstDelivery() async throws -> Delivery {
        while true {
            if let first = try await deliveries().last { return first }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// The fire department's circuit, if it is open.
    func circuit() async throws -> Delivery.OpenCircuit? {
        try await queue.deliveries(to: Self.fire.rawValue, limit: 1).open.first?.circuit
    }

    /// The most attempts that count of any task.
    func mostAttempts() async throws -> Int64 {
        try await log.pool.query(Self.mostAttempts)[0].value(0, as: Int64.self)
    }

    private static let mostAttempts = Statement("test.most_attempts", "select max(attempts) from task_standings")
}
