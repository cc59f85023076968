import EventSourcing
import MusterDomain
import MusterTesting
import TaskQueue
import Testing

@testable import MusterDispatch

@Suite("A department that is down", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct WebhookOutageTests {
    @Test("for an hour gets every task once after it is back, in priority order, within its limits")
    func hour() async throws {
        let receiver = WebhookReceiver([.status(200)])
        let port = try await WebhookReceiver.freePort()
        try await Town.delivering(to: "http://127.0.0.1:\(port)/muster") { configuration in
            // It would stand aside by the database's clock, which does not pass with the town's.
            configuration.circuit.probesOfOneTask = .max
        } body: { town in
            let scope = QueueLimits.Scope(agency: Town.fire.rawValue, kind: nil)
            try await town.queue.setLimit(QueueLimit(concurrency: 1), for: scope)
            let tasks = (0..<30).map { (key: "w-\($0)", priority: Int16($0 * 7 % 5)) }
            try await town.enqueue(tasks)
            try await town.eventually { try await town.circuit() != nil }

            for _ in 0..<30 {
                town.clock.advance(by: .seconds(120))
                // It is asked when the time of the probe has come, and not taken back into service.
                try await town.eventually { try await town.circuit().map { $0.probeAt > town.clock.now } ?? false }
            }
            let attempts = try await town.deliveries()
            #expect(attempts.allSatisfy { $0.status == nil && $0.note?.hasPrefix("cannot be reached") == true })
            // Five until it opens, then waits that double up to five minutes.
            #expect((15...35).contains(attempts.count))
            #expect(try await town.mostAttempts() <= 4)

            try await receiver.listen(on: port) { _ in
                town.clock.advance(by: .seconds(360))
                try await town.eventually { try await town.states().allSatisfy { $0 == "done" } }
            }
            let arrived = receiver.requests.compactMap { $0.headers["webhook-id"] }
            #expect(Set(arrived).count == 30)
            #expect(arrived.count == 30)
            let priorities = Dictionary(uniqueKeysWithValues: tasks.map { ($0.key, $0.priority) })
            #expect(arrived.compactMap { priorities[$0] } == tasks.map(\.priority).sorted(by: >))
            #expect(receiver.mostUnderWay == 1)
            #expect(try await town.queue.deadLetters(limit: 1).isEmpty)
            try await town.eventually { try await town.deliveries().count { $0.outcome == .delivered } == 30 }
            #expect(try await town.circuit() == nil)
        }
    }

    @Test("is not asked, whatever comes for it")
    func leftAlone() async throws {
        let receiver = WebhookReceiver([.status(500)])
        try await receiver.listen { port in
            try await Town.delivering(to: "http://127.0.0.1:\(port)/muster") { town in
                try await town.enqueue((0..<9).map { ("w-\($0)", 0) })
                try await town.eventually { try await town.circuit() != nil }
                try await town.eventually { try await town.states().allSatisfy { $0 == "waiting" } }
                let asked = receiver.requests.count
                try await town.enqueue("more", priority: 9)
                try await town.eventually { try await town.states().count { $0 == "waiting" } == 10 }
                #expect(receiver.requests.count == asked)
            }
        }
    }

    @Test("for one message that it breaks at gets the others")
    func poison() async throws {
        let receiver = WebhookReceiver([.status(200)])
        receiver.answer(to: "poison", with: .status(500))
        try await receiver.listen { port in
            try await Town.delivering(to: "http://127.0.0.1:\(port)/muster") { configuration in
                // By the town's clock; the poison stands aside by the database's.
                configuration.circuit.firstWait = .milliseconds(100)
                configuration.circuit.longestWait = .milliseconds(200)
                configuration.circuit.probesOfOneTask = 2
            } body: { town in
                try await town.enqueue("poison", priority: 100)
                try await town.eventually { try await town.circuit() != nil }
                for number in 0..<4 {
                    try await town.enqueue("w-\(number)")
                    var last = ContinuousClock.now
                    while !receiver.requests.contains(where: { $0.headers["webhook-id"] == "w-\(number)" }) {
                        try await Task.sleep(for: .milliseconds(2))
                        // The town's clock goes twice as fast: the party is asked before the poison is back.
                        let now = ContinuousClock.now
                        town.clock.advance(by: (now - last) * 2)
                        last = now
                    }
                }
            }
        }
    }
}
