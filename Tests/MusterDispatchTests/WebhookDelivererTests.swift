import EventSourcing
import MusterDomain
import MusterTesting
import ServiceLifecycle
import TaskQueue
import Testing

@testable import MusterDispatch

@Suite("Webhook delivery", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct WebhookDelivererTests {
    private static let key = Town.webhookKey

    /// Runs policies and deliverer in a town whose fire department answers as given.
    private func deliver(
        _ answers: [WebhookReceiver.Answer],
        mode: LogMode = .live,
        timeout: Duration? = nil,
        _ body: @escaping @Sendable (Town, WebhookReceiver) async throws -> Void
    ) async throws {
        let receiver = WebhookReceiver(answers)
        try await receiver.listen { port in
            try await Town.delivering(to: "http://127.0.0.1:\(port)/muster", mode: mode) { configuration in
                if let timeout { configuration.timeout = timeout }
            } body: { town in
                try await town.running(town.runner([MatterDeliveryPolicy()])) { try await body(town, receiver) }
            }
        }
    }

    @Test("posts a signed message that the party can verify, and acknowledges the task")
    func delivers() async throws {
        try await deliver([.status(204)]) { town, receiver in
            try await town.blow(1)
            let request = try #require(await receiver.next())
            let secret = try #require(WebhookSecrets(key: Self.key)).secret(of: Town.fire)
            try WebhookSignature.verify(
                id: try #require(request.headers["webhook-id"]),
                timestamp: try #require(request.headers["webhook-timestamp"]),
                signature: try #require(request.headers["webhook-signature"]),
                body: request.body,
                secret: secret,
                now: town.clock.now
            )
            #expect(request.path == "/muster")
            #expect(request.headers["content-type"] == "application/json")
            #expect(String(decoding: request.body, as: UTF8.self).hasPrefix(#"{"type":"whistle","timestamp":""#))
            // Police has no webhook: its task waits to be leased.
            try await town.eventually { try await town.states() == ["done", "waiting"] }
        }
    }

    @Test("tries again after an error, with the same id and body")
    func retries() async throws {
        try await deliver([.status(500), .status(200)]) { town, receiver in
            try await town.blow(1)
            let first = try #require(await receiver.next())
            let second = try #require(await receiver.next())
            #expect(second.headers["webhook-id"] == first.headers["webhook-id"])
            #expect(second.body == first.body)
            try await town.eventually { try await town.states().first == "done" }
            try await town.eventually { try await town.deliveries().contains { $0.note == "status 500" } }
        }
    }

    @Test("obeys Retry-After for the whole party")
    func retryAfter() async throws {
        try await deliver([.status(429, headers: ["Retry-After": "777"]), .status(200)]) { town, receiver in
            let begin = town.clock.now
            try await town.blow(1)
            _ = await receiver.next()
            try await town.eventually { try await town.circuit()?.probeAt == begin + .seconds(777) }
            try await town.blow(2)
            town.clock.advance(by: .seconds(776))
            try await town.eventually { try await town.states() == ["waiting", "waiting", "waiting", "waiting"] }
            #expect(receiver.requests.count == 1)
            town.clock.advance(by: .seconds(1))
            try await town.eventually { try await town.states() == ["done", "done", "waiting", "waiting"] }
            #expect(receiver.requests.count == 3)
            try await town.eventually { try await town.circuit() == nil }
        }
    }

    @Test("signs with the secrets of both keys while the key changes")
    func rotation() async throws {
        let receiver = WebhookReceiver([.status(200)])
        let new = [UInt8](repeating: 43, count: 32)
        let secrets = try #require(WebhookSecrets(key: new, previous: Self.key))
        try await receiver.listen { port in
            try await Town.delivering(to: "http://127.0.0.1:\(port)/", secrets: secrets) { town in
                try await town.enqueue("w")
                let request = try #require(await receiver.next())
                let signature = try #require(request.headers["webhook-signature"])
                #expect(signature.split(separator: " ").count == 2)
                // Who was given the new one, and who still knows the old.
                for key in [new, Self.key] {
                    try WebhookSignature.verify(
                        id: try #require(request.headers["webhook-id"]),
                        timestamp: try #require(request.headers["webhook-timestamp"]),
                        signature: signature,
                        body: request.body,
                        secret: try #require(WebhookSecrets(key: key)).secret(of: Town.fire),
                        now: town.clock.now
                    )
                }
            }
        }
    }

    @Test("gives up on 410")
    func gone() async throws {
        try await deliver([.status(410)]) { town, receiver in
            try await town.blow(1)
            try await town.eventually { try await town.states().first == "dead" }
        }
    }

    @Test("follows no redirect")
    func redirect() async throws {
        try await deliver([.status(307, headers: ["Location": "/elsewhere"])]) { town, receiver in
            try await town.blow(1)
            #expect(try await town.firstDelivery().note == "status 307: redirects are not followed")
            #expect(Set(receiver.requests.map(\.path)) == ["/muster"])
        }
    }

    @Test("takes a 10 MB answer for what its status says")
    func hugeAnswer() async throws {
        try await deliver([.status(200, bodyBytes: 10_000_000)]) { town, receiver in
            try await town.blow(1)
            try await town.eventually { try await town.states().first == "done" }
            #expect(receiver.requests.count == 1)
        }
    }

    @Test("gives a receiver that says nothing until the deadline")
    func silent() async throws {
        try await deliver([.silence], timeout: .milliseconds(200)) { town, receiver in
            try await town.blow(1)
            // Where everything stands still for a second, the client's own limit may come first.
            try await town.eventually {
                try await town.deliveries().contains { $0.note?.hasPrefix("no answer within") == true }
            }
            #expect(try await town.deliveries().allSatisfy { $0.duration >= .milliseconds(200) })
        }
    }

    @Test("keeps a task whose receiver cannot be reached")
    func unreachable() async throws {
        try await Town.delivering(to: "http://127.0.0.1:1/muster") { town in
            try await town.running(town.runner([MatterDeliveryPolicy()])) {
                try await town.blow(1)
                let error = try #require(try await town.firstDelivery().note)
                #expect(error.hasPrefix("cannot be reached"))
                #expect(!error.contains("127.0.0.1"))
                // It may be on its way again by now.
                let state = try #require(try await town.states().first)
                #expect(["waiting", "leased"].contains(state))
            }
        }
    }

    @Test("sends a party no more at a time than it may")
    func perParty() async throws {
        try await deliver([.silence], timeout: .seconds(600)) { town, receiver in
            for number in 1...9 { try await town.blow(number) }
            try await town.eventually {
                try await town.states().count { $0 == "leased" } == 4 && receiver.requests.count == 4
            }
            try await town.eventually { try await town.states().count == 18 }
            #expect(try await town.states().count { $0 == "leased" } == 4)
            #expect(receiver.requests.count == 4)
        }
    }

    @Test("goes on with what waits as soon as a slot is free")
    func backlog() async throws {
        try await deliver([.status(200)]) { town, receiver in
            for number in 1...20 { try await town.blow(number) }
            try await town.eventually { try await town.states().count { $0 == "done" } == 20 }
            #expect(Set(receiver.requests.map { $0.headers["webhook-id"] }).count == 20)
        }
    }

    @Test("ends gracefully with what is under way, and takes nothing more")
    func graceful() async throws {
        let receiver = WebhookReceiver([.status(200)])
        try await receiver.listen { port in
            let url = try #require(WebhookURL(rawValue: "http://127.0.0.1:\(port)/muster"))
            try await Town.with(webhook: url) { town in
                let deliverer = WebhookDeliverer(
                    handler: town.handler,
                    queue: town.queue,
                    secrets: try #require(WebhookSecrets(key: Self.key)),
                    now: { town.clock.now },
                    logger: town.logger
                )
                let services = ServiceGroup(services: [deliverer], logger: town.logger)
                try await town.running(town.runner([MatterDeliveryPolicy()])) {
                    try await withThrowingTaskGroup { group in
                        group.addTask { try await services.run() }
                        try await town.blow(1)
                        _ = await receiver.next()
                        await services.triggerGracefulShutdown()
                        try await group.waitForAll()
                    }
                    #expect(try await town.states() == ["done", "waiting"])
                }
            }
        }
    }

    @Test("withholds everything on an exercise (R15.5)")
    func exercise() async throws {
        try await deliver([.status(200)], mode: .exercise) { town, receiver in
            try await town.blow(1)
            try await town.eventually { try await town.states() == ["withheld", "waiting"] }
            #expect(receiver.requests.isEmpty)
        }
    }
}
