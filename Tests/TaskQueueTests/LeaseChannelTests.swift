import EventSourcing
import MusterTesting
import Records
import Testing

@testable import TaskQueue

@Suite("The lease channel", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct LeaseChannelTests {
    @Test("acknowledges and brings the next task in one round trip")
    func roundTrip() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("1"), .sample("2"))
            let channel = LeaseChannel(queue: test.queue)
            let first = try await channel.exchange(LeaseRequest(max: 1), for: "fire", worker: "truck")
            #expect(first.tasks.map(\.uniqueKey) == ["1"])
            let second = try await channel.exchange(
                LeaseRequest(max: 1, acknowledge: first.tasks.map(LeaseRequest.Acknowledgement.init)),
                for: "fire",
                worker: "truck"
            )
            #expect(second.tasks.map(\.uniqueKey) == ["2"])
            #expect(second.refused.isEmpty)
            #expect(try await test.steps().map(\.kind) == [.lease, .done, .lease])
        }
    }

    @Test("refuses another agency's task and leases none of its tasks")
    func otherAgency() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("1"), .sample("2"))
            let channel = LeaseChannel(queue: test.queue)
            let task = try #require(try await test.lease().first)
            let answer = try await channel.exchange(
                LeaseRequest(max: 5, acknowledge: [LeaseRequest.Acknowledgement(task)]),
                for: "police",
                worker: "thief"
            )
            #expect(answer == LeaseAnswer(tasks: [], refused: [task.grant]))
        }
    }

    @Test("gives a failed task back after the time the worker asks for")
    func failure() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("1"))
            let channel = LeaseChannel(queue: test.queue)
            let task = try #require(try await test.lease().first)
            let failure = LeaseRequest.Failure(
                id: Int(task.grant.task.rawValue),
                token: Int(task.grant.token.rawValue),
                error: "no crew",
                retryAfterSeconds: 40
            )
            let answer = try await channel.exchange(LeaseRequest(max: 5, fail: [failure]), for: "fire", worker: "truck")
            #expect(answer == LeaseAnswer(tasks: [], refused: []))
            let retry = try #require(try await test.steps().last)
            #expect((retry.until ?? 0) - retry.at == 40_000_000)
        }
    }

    @Test("tells a refusal at once instead of waiting for tasks")
    func refusalIsNotHeldBack() async throws {
        try await TestQueue.with { test in
            let answer = try await LeaseChannel(queue: test.queue).exchange(
                LeaseRequest(max: 1, waitSeconds: 60, acknowledge: [LeaseRequest.Acknowledgement(id: 1, token: 1)]),
                for: "fire",
                worker: "truck"
            )
            #expect(answer.refused == [Grant(task: TaskNumber(1), token: FencingToken(1))])
        }
    }

    @Test("reads a request whose members but max are missing")
    func defaults() throws {
        let request = try LeaseRequest.record.decode(Array(#"{"max": 5}"#.utf8))
        #expect(request == LeaseRequest(max: 5))
    }

    @Test(
        "refuses a request out of bounds",
        arguments: [
            #"{"max": 101}"#, #"{"max": -1}"#, #"{"max": 1, "waitSeconds": 61}"#, #"{"max": 1, "leaseSeconds": 4}"#,
            #"{"max": 1, "acknowledge": [{"id": 0, "token": 1}]}"#, #"{"max": 1, "extra": 1}"#, #"{}"#,
            #"{"max": 1, "fail": [{"id": 1, "token": 1}]}"#,
        ]
    )
    func bounds(text: String) {
        #expect(throws: Problems.self) { try LeaseRequest.record.decode(Array(text.utf8)) }
    }

    @Test("writes the payload into its answer as it was enqueued")
    func answer() throws {
        let task = LeasedTask(
            grant: Grant(task: TaskNumber(7), token: FencingToken(2)),
            agency: "fire",
            kind: "whistle",
            uniqueKey: "w-1",
            payload: #"{ "matter": "M-1" }"#,
            priority: 3,
            attempt: 2,
            leasedUntil: Timestamp(microseconds: 60_000_000),
            enqueuedAt: Timestamp(microseconds: 0)
        )
        let answer = LeaseAnswer(tasks: [task], refused: [Grant(task: TaskNumber(1), token: FencingToken(9))])
        #expect(
            String(decoding: answer.encoded(), as: UTF8.self)
                == #"{"tasks":[{"id":7,"token":2,"key":"w-1","kind":"whistle","priority":3,"attempt":2,"#
                + #""enqueuedAt":"1970-01-01T00:00:00Z","leasedUntil":"1970-01-01T00:01:00Z","payload":{ "matter": "M-1" }}],"#
                + #""refused":[{"id":1,"token":9}]}"#
        )
    }
}

extension LeaseRequest.Acknowledgement {
    fileprivate init(_ task: LeasedTask) {
        self.init(id: Int(task.grant.task.rawValue), token: Int(task.grant.token.rawValue))
    }
}
