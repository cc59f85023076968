import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

@Suite("What a task holds", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct ContentTests {
    private func task(_ key: String, _ payload: String) throws -> NewTask {
        try NewTask(agency: "fire", kind: "whistle", uniqueKey: key, payload: Array(payload.utf8))
    }

    @Test("is read from the database when there is no room for it in memory")
    func beyondMemory() async throws {
        var configuration = TestQueue.impatient
        configuration.contentBytes = 100
        try await TestQueue.with(configuration) { test in
            let payloads = (0..<50).map { "{\"number\": \($0), \"text\": \"\(String(repeating: "x", count: $0))\"}" }
            try await test.enqueue(try payloads.enumerated().map { try task("w-\($0.offset)", $0.element) })
            let tasks = try await test.lease(50)
            #expect(tasks.map(\.payload) == payloads)
            #expect(tasks.map(\.uniqueKey) == (0..<50).map { "w-\($0)" })
        }
    }

    @Test("is not handed out in clear after it was overwritten", arguments: [true, false])
    func overwritten(isHere: Bool) async throws {
        try await TestQueue.with { test in
            let other = test.other("other")
            try await test.running(other.queue) {
                try await test.enqueue(task("w", #"{"subject":"P-1","phone":"139"}"#), task("v", #"{"subject":"P-2"}"#))
                let process = isHere ? test : other
                try await test.log.pool.transaction { connection in
                    let members = Queue.Members(["phone"], of: "subject", "P-1")
                    let count = try await process.queue.overwrite(members, kind: nil, with: "erased", in: connection)
                    #expect(count == 1)
                }
                if isHere {
                    test.queue.look()
                } else {
                    // Whoever sees this one has seen the change.
                    try await other.enqueue([.sample("s", agency: "police")], isAnnounced: false)
                    _ = try await test.leaseOne(of: "police")
                }
                let payloads = try await test.lease(2).map(\.payload)
                #expect(payloads.count == 2)
                #expect(payloads.first?.contains("139") == false)
                #expect(payloads.first?.contains("erased") == true)
                #expect(payloads.last == #"{"subject":"P-2"}"#)
            }
        }
    }
}
