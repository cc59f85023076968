import EventSourcing
import MusterDomain
import MusterTesting
import TaskQueue
import Testing

@testable import MusterDispatch

@Suite("The delivery log shows a receiver", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct WebhookDeliveryLogTests {
    /// The first delivery of one task to a receiver that answers so.
    private func delivery(
        _ answer: WebhookReceiver.Answer,
        timeout: Duration? = nil
    ) async throws -> Delivery {
        let receiver = WebhookReceiver([answer])
        let found = Found()
        try await receiver.listen { port in
            try await Town.delivering(to: "http://127.0.0.1:\(port)/muster?key=hidden") { configuration in
                if let timeout { configuration.timeout = timeout }
            } body: { town in
                try await town.enqueue("w 1")
                try await town.eventually { try await !town.deliveries().isEmpty }
                let report = try await town.queue.deliveries(limit: 1_000)
                #expect(!String(decoding: report.json, as: UTF8.self).contains("hidden"))
                let first = try #require(report.deliveries.last)
                #expect(first.startedAt == town.clock.now)
                await found.take(first)
            }
        }
        let delivery = try #require(await found.delivery)
        #expect(delivery.agency == "fire" && delivery.message == "w%201" && delivery.attempt == 1)
        return delivery
    }

    /// One that is noted so. Where this machine stands still for a while, another limit may come first: then once more.
    private func delivery(
        _ answer: WebhookReceiver.Answer,
        timeout: Duration,
        noted note: String
    ) async throws -> Delivery {
        for _ in 1..<5 {
            let delivery = try await delivery(answer, timeout: timeout)
            if delivery.note == note { return delivery }
        }
        return try await delivery(answer, timeout: timeout)
    }

    private actor Found {
        private(set) var delivery: Delivery?

        func take(_ delivery: Delivery) { self.delivery = delivery }
    }

    @Test("that takes the message")
    func delivered() async throws {
        let delivery = try await delivery(.status(202, bodyBytes: 12))
        #expect(delivery.outcome == .delivered && delivery.status == 202 && delivery.answerBytes == 12)
        #expect(delivery.note == nil)
        #expect(delivery.duration > .zero)
    }

    @Test("that is slow")
    func slow() async throws {
        let note = "no answer within 0.1 seconds"
        let delivery = try await delivery(.silence, timeout: .milliseconds(100), noted: note)
        #expect(delivery.outcome == .failed && delivery.status == nil)
        #expect(delivery.note == note)
        #expect(delivery.duration >= .milliseconds(100))
    }

    @Test("that takes the message and does not finish its answer")
    func unfinished() async throws {
        let note = "the answer did not end within 3.0 seconds"
        let delivery = try await delivery(.head(200), timeout: .seconds(3), noted: note)
        #expect(delivery.outcome == .delivered && delivery.status == 200)
        #expect(delivery.note == note)
    }

    @Test("that redirects")
    func redirecting() async throws {
        let delivery = try await delivery(.status(308, headers: ["Location": "/elsewhere"]))
        #expect(delivery.outcome == .failed && delivery.status == 308)
        #expect(delivery.note == "status 308: redirects are not followed")
    }

    @Test("that is busy, and till when it is not asked")
    func busy() async throws {
        let delivery = try await delivery(.status(429, headers: ["Retry-After": "60"]))
        #expect(delivery.outcome == .returned && delivery.status == 429)
        let circuit = try #require(delivery.circuit)
        #expect(circuit.probeAt == circuit.since + .seconds(60))
    }

    @Test("that sends 10 MB back")
    func huge() async throws {
        let delivery = try await delivery(.status(200, bodyBytes: 10_000_000))
        #expect(delivery.outcome == .delivered && delivery.status == 200)
        #expect((65_537..<10_000_000).contains(delivery.answerBytes))
        #expect(delivery.note == "the answer was longer than 65536 bytes, the rest was not read")
    }

    @Test("that wants no more")
    func gone() async throws {
        let delivery = try await delivery(.status(410))
        #expect(delivery.outcome == .buried && delivery.status == 410)
    }

    @Test("that is not there")
    func dead() async throws {
        let port = try await WebhookReceiver.freePort()
        try await Town.delivering(to: "http://127.0.0.1:\(port)/muster?key=hidden") { town in
            try await town.enqueue("w")
            try await town.eventually { try await !town.deliveries().isEmpty }
            let delivery = try #require(try await town.deliveries().last)
            #expect(delivery.outcome == .failed && delivery.status == nil && delivery.answerBytes == 0)
            #expect(delivery.note?.hasPrefix("cannot be reached: ") == true)
        }
    }
}
