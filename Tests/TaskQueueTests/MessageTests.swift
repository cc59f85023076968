import Testing

@testable import TaskQueue

@Suite("What processes say to each other") struct MessageTests {
    private static let messages: [QueueMessage] = {
        var turn = RemoteTurn(process: "甲 1", id: .max, worker: "", agency: "fire")
        turn.done = [1, 2, .max, .min]
        turn.withheld = [5, 6]
        turn.reason = "moved \u{1} to 3 号楼\n"
        turn.failed = [
            .init(grant: [7, 8], error: "无人应答", wait: nil), .init(grant: [9, 10], error: "", wait: -1),
        ]
        turn.extended = [11, 12]
        turn.extensionTerm = 60_000_000
        turn.demand = .init(agencies: ["fire", "police 2"], amounts: [1, 2], amount: 3, term: 4, isBound: true)
        turn.patience = 5
        var answer = RemoteAnswer(id: 3, epoch: 4)
        answer.refused = [1, 2]
        answer.tasks = [5]
        answer.segments = [.max]
        answer.attempts = [6]
        answer.token = 7
        answer.deadline = 8
        answer.contents = [
            .init(
                agency: "fire",
                kind: "whistle",
                uniqueKey: nil,
                priority: -3,
                enqueued: 9,
                payload: #"{"title":"消防通道被堵"}"#
            )
        ]
        answer.error = "the process stops"
        answer.isOverloaded = true
        return [
            .turn(turn), .turn(RemoteTurn(process: "b", id: 1, worker: "w", agency: nil)), .unclaimed(token: -1),
            .withdraw(process: "b", id: 1), .alive(process: "乙"),
            .holds(RemoteHolding(process: "b", epoch: 2, tokens: [3], awaited: [])), .look, .report, .answer(answer),
            .answer(RemoteAnswer(id: 1, epoch: 1)), .leads(Leading(epoch: 9, line: 10)),
        ]
    }()

    @Test("is heard as it was said, several things in one notification")
    func roundTrip() throws {
        let (payload, count) = QueueMessage.payload(of: Self.messages)
        #expect(count == Self.messages.count)
        #expect(QueueMessage.all(in: try #require(payload)) == Self.messages)
    }

    @Test("is heard up to where it was cut or spoilt, and nothing else is")
    func damage() throws {
        let payload = try #require(QueueMessage.payload(of: Self.messages).payload)
        for end in payload.indices {
            let heard = QueueMessage.all(in: String(payload[..<end]))
            #expect(heard == Array(Self.messages.prefix(heard.count)))
        }
        for text in ["", "x", "99 ", "1 5 abc", "-1 ", "8 1 1 999999999 ", "4 -3 abc", #"{"look":{}}"#] {
            #expect(QueueMessage.all(in: text).isEmpty)
        }
    }

    @Test("goes out in as many notifications as it needs, and not at all when it does not fit into one")
    func packing() throws {
        let names = (0..<1_000).map { "process-\($0)" }
        var rest = names.map { QueueMessage.alive(process: $0) }[...]
        var heard: [QueueMessage] = []
        while !rest.isEmpty {
            let (payload, count) = QueueMessage.payload(of: rest)
            let text = try #require(payload)
            #expect(text.utf8.count <= QueueMessage.maximumBytes)
            heard += QueueMessage.all(in: text)
            rest.removeFirst(count)
        }
        #expect(heard == names.map { .alive(process: $0) })
        let long = QueueMessage.alive(process: String(repeating: "長", count: 3_000))
        let (payload, count) = QueueMessage.payload(of: [long, .look])
        #expect(payload == nil && count == 1)
    }
}
