import Postgres
import Testing

@Suite("Notifications", .timeLimit(.minutes(20)))
struct NotificationTests {
    static let notify = Statement("tests_notify", "select pg_notify($1, $2)::text")

    @Test("Notifications come in order, with channel and payload")
    func order() async throws {
        try await TestDatabase.withConnection { listener in
            try await listener.listen("Tests \"odd\" channel")
            try await TestDatabase.withConnection { sender in
                for number in 1...3 { _ = try await sender.query(Self.notify, "Tests \"odd\" channel", "\(number)") }
            }
            var payloads: [String] = []
            for try await notification in listener.notifications {
                #expect(notification.channel == "Tests \"odd\" channel")
                payloads.append(notification.payload)
                if payloads.count == 3 { break }
            }
            #expect(payloads == ["1", "2", "3"])
        }
    }

    @Test("Waiting ends without an error when the task is cancelled, and the connection goes on")
    func cancelled() async throws {
        try await TestDatabase.withConnection { listener in
            try await listener.listen("tests_cancelled")
            let isEnded = await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    do {
                        for try await _ in listener.notifications {}
                        return true
                    } catch {
                        return false
                    }
                }
                group.cancelAll()
                return await group.next() ?? false
            }
            #expect(isEnded)
            #expect(await listener.isReusable)
        }
    }

    @Test("Waiting ends by the inherited deadline")
    func deadline() async throws {
        try await TestDatabase.withConnection { listener in
            let error = await #expect(throws: PostgresError.self) {
                try await withDeadline(.milliseconds(50)) { try await listener.nextNotification() }
            }
            #expect(error?.kind == .deadline)
        }
    }

    @Test("A killed listener is told of it")
    func killed() async throws {
        try await TestDatabase.withConnection { listener in
            try await listener.listen("tests_killed")
            let processID = await listener.serverProcessID
            async let next = listener.nextNotification()
            try await TestDatabase.kill(processID)
            do {
                _ = try await next
                Issue.record("a notification came")
            } catch let error as PostgresError {
                #expect(error.isConnectionLost)
            }
        }
    }

    @Test("A channel's name is checked", arguments: ["", String(repeating: "x", count: 64), "a\0b"])
    func names(channel: String) async throws {
        try await TestDatabase.withConnection { listener in
            let error = await #expect(throws: PostgresError.self) { try await listener.listen(channel) }
            #expect(error?.kind == .invalidParameters)
        }
    }

    @Test("Of too many untaken notifications the newest are kept")
    func bounded() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.listen("tests_bounded")
            try await connection.script("select pg_notify('tests_bounded', i::text) from generate_series(1, 3000) i")
            _ = try await connection.query(Statement("tests_bounded_one", "select 1"))
            let first = try await connection.nextNotification()
            #expect(first.payload == "1977")
        }
    }
}
