import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

@Suite("The delivery log", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct DeliveryLogTests {
    private static let start = Timestamp(microseconds: 1_772_352_000_000_000)

    private func delivery(
        _ task: Int64,
        to agency: String = "fire",
        _ outcome: Delivery.Outcome = .delivered,
        circuit: Delivery.OpenCircuit? = nil
    ) -> Delivery {
        Delivery(
            agency: agency,
            task: TaskNumber(task),
            message: "w-\(task)",
            attempt: 2,
            startedAt: Self.start + .seconds(task),
            duration: .microseconds(1_234_567),
            status: outcome == .delivered ? 200 : nil,
            answerBytes: 5,
            outcome: outcome,
            note: outcome == .delivered ? nil : "cannot be reached",
            circuit: circuit
        )
    }

    @Test("keeps what became of each attempt, the newest first")
    func keeps() async throws {
        try await TestQueue.withoutDispatcher { test in
            let log = DeliveryLog(queue: test.queue, logger: test.logger)
            let circuit = Delivery.OpenCircuit(since: Self.start, probeAt: Self.start + .seconds(60))
            let all = [
                delivery(1), delivery(2, to: "police"), delivery(3, .failed), delivery(4, .returned, circuit: circuit),
            ]
            for delivery in all { log.add(delivery) }
            try await log.flush()
            let report = try await test.queue.deliveries(limit: 10)
            #expect(report.deliveries == all.reversed())
            #expect(try await test.queue.deliveries(to: "police", limit: 10).deliveries == [all[1]])
            #expect(try await test.queue.deliveries(onlyFailed: true, limit: 10).deliveries == [all[3], all[2]])
            #expect(try await test.queue.deliveries(to: "fire", onlyFailed: true, limit: 1).deliveries == [all[3]])
        }
    }

    @Test("says which agencies are not asked for now")
    func circuits() async throws {
        try await TestQueue.withoutDispatcher { test in
            let log = DeliveryLog(queue: test.queue, logger: test.logger)
            let circuit = Delivery.OpenCircuit(since: Self.start, probeAt: Self.start + .seconds(60))
            for agency in ["fire", "gas", "police"] { log.add(delivery(1, to: agency, .returned, circuit: circuit)) }
            log.add(delivery(2, to: "gas"))
            try await log.flush()
            let report = try await test.queue.deliveries(limit: 1)
            #expect(report.open.map(\.agency) == ["fire", "police"])
            #expect(try await test.queue.deliveries(to: "police", limit: 1).open.map(\.circuit) == [circuit])
            let json = String(decoding: report.json, as: UTF8.self)
            #expect(
                json.hasSuffix(
                    #""circuits":[{"agency":"fire","openSince":"2026-03-01T08:00:00Z","probeAt":"2026-03-01T08:01:00Z","error":"cannot be reached"},{"agency":"police","openSince":"2026-03-01T08:00:00Z","probeAt":"2026-03-01T08:01:00Z","error":"cannot be reached"}]}"#
                )
            )
            #expect(
                json.hasPrefix(
                    #"{"deliveries":[{"agency":"gas","task":2,"message":"w-2","attempt":2,"startedAt":"2026-03-01T08:00:02Z","seconds":1.234567,"status":200,"answerBytes":5,"outcome":"delivered","note":null}]"#
                )
            )
        }
    }

    @Test("keeps the newest three segments, and empties the oldest")
    func bounded() async throws {
        try await TestQueue.withoutDispatcher { test in
            var retention = DeliveryLog.Retention()
            retention.rowsOfSegment = 10
            let log = DeliveryLog(queue: test.queue, retention: retention, logger: test.logger)
            for number in 1...100 {
                log.add(delivery(Int64(number)))
                try await log.flush()
                try await log.turn()
            }
            let kept = try await test.queue.deliveries(limit: 1_000).deliveries.map(\.task.rawValue)
            #expect(kept == Array((71...100).reversed()))
        }
    }

    @Test("begins a segment when the one before is old, unless it is empty")
    func old() async throws {
        try await TestQueue.withoutDispatcher { test in
            var retention = DeliveryLog.Retention()
            retention.spanOfSegment = .zero
            let log = DeliveryLog(queue: test.queue, retention: retention, logger: test.logger)
            log.add(delivery(1))
            try await log.flush()
            for _ in 1...9 { try await log.turn() }
            #expect(try await test.queue.deliveries(limit: 9).deliveries.map(\.task.rawValue) == [1])
        }
    }

    @Test("writes by itself what is added")
    func runs() async throws {
        try await TestQueue.withoutDispatcher { test in
            let log = DeliveryLog(queue: test.queue, logger: test.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await log.run() }
                defer { group.cancelAll() }
                for number in 1...2_500 { log.add(delivery(Int64(number))) }
                try await test.eventually {
                    try await test.queue.deliveries(limit: 1).deliveries.first?.task.rawValue == 2_500
                }
                #expect(try await test.queue.deliveries(limit: 1_000).deliveries.count == 1_000)
            }
        }
    }

    @Test("keeps the newest when the database takes none")
    func overflow() async throws {
        try await TestQueue.withoutDispatcher { test in
            let log = DeliveryLog(queue: test.queue, logger: test.logger)
            for number in 1...(DeliveryLog.maximumWaiting + 3) { log.add(delivery(Int64(number))) }
            try await log.flush()
            let (count, oldest) = try await test.log.pool.query(Self.kept)[0].decode(Int64.self, Int64.self)
            #expect(count == Int64(DeliveryLog.maximumWaiting))
            #expect(oldest == 4)
        }
    }

    private static let kept = Statement("test.deliveries", "select count(*), min(task) from deliveries")
}
