import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterTesting
import TaskQueue
import Testing

/// `/v1/queue` for programs.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct QueueDoorTests {
    // MARK: - Who may

    private static let routes: [(HTTPRequest.Method, String)] = [
        (.get, ""), (.get, "/schedules"), (.get, "/dead"), (.get, "/dead/1"), (.post, "/dead/1/resend"),
        (.post, "/agencies/fire/pause"), (.post, "/agencies/fire/resume"), (.put, "/limits"),
    ]

    @Test func `Nobody passes without a token`() async throws {
        try await QueueDoor.with("nobody") { door in
            for (method, path) in Self.routes {
                let status = try await door.ask(method, path, by: nil).status
                #expect(status == .unauthorized, "\(method) \(path)")
            }
        }
    }

    @Test func `Those who do not run the centre are told who does`() async throws {
        try await QueueDoor.with("others") { door in
            for actor in [SmallTown.fire, SmallTown.head, SmallTown.gridWorker, SmallTown.resident] {
                for (method, path) in Self.routes {
                    let answer = try await door.ask(method, path, by: actor)
                    #expect(answer.status == .forbidden, "\(actor.role) \(method) \(path)")
                    #expect(answer.text.contains("Street coordinator"))
                }
            }
            #expect(try await door.queue.limits().limits.isEmpty)
        }
    }

    @Test func `A coordinator who holds no post, or only for a part, runs no queue`() async throws {
        try await QueueDoor.with("posts") { door in
            let gone = Actor(
                person: PersonID("formerly"),
                party: SmallTown.street.party,
                role: .streetCoordinator,
                territory: SmallTown.town
            )
            #expect(try await door.ask(.get, "", by: gone).status == .forbidden)
            let partly = Actor(
                person: PersonID("dongqiao-duty"),
                party: SmallTown.street.party,
                role: .streetCoordinator,
                territory: SmallTown.community
            )
            try await door.fixture.town.send(
                AppointPerson(
                    person: partly.person,
                    role: partly.role,
                    party: partly.party,
                    territory: partly.territory,
                    from: SmallTown.evening - .seconds(3_600)
                ),
                by: SmallTown.administrator
            )
            _ = await door.fixture.boards.wait(until: try await door.fixture.store.tail(), timeout: .seconds(30))
            #expect(try await door.ask(.get, "", by: partly).status == .forbidden)
        }
    }

    @Test func `A session reads and does not change`() async throws {
        try await QueueDoor.with("session") { door in
            let cookie = try await door.signIn(SmallTown.street)
            #expect(try await door.page("/v1/queue", cookie: cookie).status == .ok)
            let answer = try await door.post("/v1/queue/agencies/fire/pause", "", cookie: cookie)
            #expect(answer.status == .unauthorized)
            #expect(try await door.queue.limits().limits.isEmpty)
        }
    }

    // MARK: - Standing

    @Test func `The standing tells what waits, what was given up and who hands out`() async throws {
        try await QueueDoor.with("standing") { door in
            let text = try await door.ask(.get, "", by: SmallTown.street).text
            #expect(text.contains(#""leader":"door""#))
            #expect(text.contains(#""agencies":[{"agency":"fire","ready":1,"scheduled":0,"leased":0"#))
            #expect(text.contains(#""deadLetters":1"#))
            #expect(text.contains(#""lanes":[{"agency":"fire","kind":"whistle","ready":1"#))
        }
    }

    @Test func `Schedules are listed`() async throws {
        try await QueueDoor.with("schedules") { door in
            try await door.queue.setSchedule(
                Schedule(
                    name: "morning",
                    cron: "30 7 * * *",
                    zone: "Asia/Shanghai",
                    agency: "fire",
                    kind: "report",
                    payload: "{}",
                    lastDue: SmallTown.evening
                )
            )
            let text = try await door.ask(.get, "/schedules", by: SmallTown.administrator).text
            #expect(text.contains(#"{"name":"morning","cron":"30 7 * * *","zone":"Asia/Shanghai","agency":"fire""#))
        }
    }

    // MARK: - Dead letters

    @Test func `Dead letters come in pages, without what they hold`() async throws {
        try await QueueDoor.with("list") { door in
            let text = try await door.ask(.get, "/dead?limit=1", by: SmallTown.street).text
            #expect(text.contains("\"number\":\(door.dead)"))
            #expect(!text.contains("payload"))
            #expect(text.hasSuffix("\"after\":\(door.dead)}"))
            let next = try await door.ask(.get, "/dead?after=\(door.dead)", by: SmallTown.street).text
            #expect(next == #"{"letters":[],"after":null}"#)
            let other = try await door.ask(.get, "/dead?agency=police", by: SmallTown.street).text
            #expect(other == #"{"letters":[],"after":null}"#)
        }
    }

    @Test(arguments: ["limit=0", "limit=101", "limit=x", "after=-1", "after=99999999999999999999"])
    func `A page that is none is refused`(_ query: String) async throws {
        try await QueueDoor.with("page-\(query.utf8.reduce(0) { $0 &* 31 &+ Int($1) }.magnitude)") { door in
            let answer = try await door.ask(.get, "/dead?\(query)", by: SmallTown.street)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("\"code\":\"not-a-number\""))
        }
    }

    @Test func `One dead letter comes with its payload as it is`() async throws {
        try await QueueDoor.with("one") { door in
            let text = try await door.ask(.get, "/dead/\(door.dead)", by: SmallTown.street).text
            #expect(text.hasSuffix("\"payload\":\(QueueDoor.payload)}"))
            let missing = try await door.ask(.get, "/dead/\(door.dead + 1)", by: SmallTown.street)
            #expect(missing.status == .notFound)
            let word = try await door.ask(.get, "/dead/first", by: SmallTown.street)
            #expect(word.status == .notFound)
        }
    }

    @Test func `A dead letter is sent again as it was, once`() async throws {
        try await QueueDoor.with("resend") { door in
            let path = "/dead/\(door.dead)/resend"
            let answer = try await door.ask(.post, path, by: SmallTown.street)
            #expect(answer.status == .ok)
            #expect(answer.text.hasPrefix("{\"task\":"))
            #expect(try await door.queue.deadLetters(limit: 10).isEmpty)
            let again = try await door.ask(.post, path, by: SmallTown.street)
            #expect(again.status == .notFound)
            #expect(again.text.contains("somebody has sent it again meanwhile"))
            let demand = Turn.Demand(of: ["fire"], amount: 5, term: .seconds(60))
            let leased = try await door.queue.lease(demand, worker: "test", patience: .seconds(30))
            #expect(leased.map(\.payload).contains(QueueDoor.payload))
        }
    }

    @Test func `A dead letter is sent again with another payload`() async throws {
        try await QueueDoor.with("edit") { door in
            let path = "/dead/\(door.dead)/resend"
            let answer = try await door.ask(.post, path, #"{"payload": {"text": "mended"}}"#, by: SmallTown.street)
            #expect(answer.status == .ok)
            let demand = Turn.Demand(of: ["fire"], amount: 5, term: .seconds(60))
            let leased = try await door.queue.lease(demand, worker: "test", patience: .seconds(30))
            #expect(leased.map(\.payload).contains(#"{"text": "mended"}"#))
        }
    }

    @Test func `A body that is not as described sends nothing`() async throws {
        try await QueueDoor.with("bodies") { door in
            let path = "/dead/\(door.dead)/resend"
            let large = "{\"payload\":\"\(String(repeating: "x", count: NewTask.maximumPayloadBytes))\"}"
            let bodies: [(String, HTTPResponse.Status)] = [
                ("{", .badRequest), (#"{"kind":"other"}"#, .badRequest), (#"{"payload":1,"payload":2}"#, .badRequest),
                (large, .contentTooLarge), ("\"\(String(repeating: "x", count: 1 << 20))\"", .contentTooLarge),
            ]
            for (body, status) in bodies {
                #expect(try await door.ask(.post, path, body, by: SmallTown.street).status == status)
            }
            let other = try await door.ask(.post, path, "payload=1", by: SmallTown.street, type: "text/plain")
            #expect(other.status == .unsupportedMediaType)
            let lone = try await door.ask(.post, path, #"{"payload":"\ud800"}"#, by: SmallTown.street)
            #expect(lone.status != .ok || lone.text.hasPrefix("{\"task\":"))
        }
    }

    // MARK: - Pausing and limits

    @Test func `An agency is paused and resumed`() async throws {
        try await QueueDoor.with("pause") { door in
            let paused = try await door.ask(.post, "/agencies/fire/pause", by: SmallTown.street)
            #expect(paused.text == #"{"agency":"fire","paused":true}"#)
            #expect(try await door.ask(.get, "", by: SmallTown.street).text.contains("\"paused\":true"))
            let again = try await door.ask(.post, "/agencies/fire/pause", by: SmallTown.street)
            #expect(again.status == .ok)
            let resumed = try await door.ask(.post, "/agencies/fire/resume", by: SmallTown.street)
            #expect(resumed.text == #"{"agency":"fire","paused":false}"#)
        }
    }

    @Test func `An agency that nobody knows is not paused`() async throws {
        try await QueueDoor.with("unknown") { door in
            for name in ["frie", "*", "%2A", "a%2Fb", String(repeating: "x", count: 200)] {
                let answer = try await door.ask(.post, "/agencies/\(name)/pause", by: SmallTown.street)
                #expect(answer.status == .notFound, "\(name)")
            }
            let limit = try await door.ask(.put, "/limits", #"{"agency":"frie","concurrency":1}"#, by: SmallTown.street)
            #expect(limit.status == .notFound)
            #expect(try await door.queue.limits().limits.isEmpty)
        }
    }

    @Test func `A limit is set and removed, and what is paused stays so`() async throws {
        try await QueueDoor.with("limits") { door in
            _ = try await door.ask(.post, "/agencies/fire/pause", by: SmallTown.street)
            let body = #"{"agency":"fire","concurrency":4,"rate":{"tasks":30,"seconds":60}}"#
            let answer = try await door.ask(.put, "/limits", body, by: SmallTown.street)
            #expect(
                answer.text
                    == #"{"limits":[{"agency":"fire","kind":null,"concurrency":4,"rate":{"tasks":30,"seconds":60,"burst":1},"paused":true}]}"#
            )
            _ = try await door.ask(.put, "/limits", #"{"agency":"fire"}"#, by: SmallTown.street)
            let scope = QueueLimits.Scope(agency: "fire", kind: nil)
            #expect(try await door.queue.limits()[scope] == QueueLimit(isPaused: true))
            _ = try await door.ask(.post, "/agencies/fire/resume", by: SmallTown.street)
            _ = try await door.ask(.put, "/limits", #"{"agency":"fire"}"#, by: SmallTown.street)
            #expect(try await door.queue.limits().limits.isEmpty)
        }
    }

    @Test func `A limit for all leaves a pause of all, and one for an agency takes it over`() async throws {
        try await QueueDoor.with("all") { door in
            try await door.queue.pause("*", true)
            _ = try await door.ask(.put, "/limits", #"{"concurrency":9}"#, by: SmallTown.street)
            _ = try await door.ask(.put, "/limits", #"{"agency":"fire","concurrency":2}"#, by: SmallTown.street)
            let limits = try await door.queue.limits()
            #expect(limits[.init(agency: nil, kind: nil)] == QueueLimit(concurrency: 9, isPaused: true))
            #expect(limits[.init(agency: "fire", kind: nil)] == QueueLimit(concurrency: 2, isPaused: true))
        }
    }

    @Test(arguments: [
        (#"{"concurrency":0}"#, "/concurrency"), (#"{"concurrency":"4"}"#, "/concurrency"),
        (#"{"rate":{"tasks":1}}"#, "/rate/seconds"), (#"{"rate":{"tasks":1,"seconds":0}}"#, "/rate/seconds"),
        (#"{"concurency":4}"#, "/concurency"), (#"{"agency":"fire","kind":"\u0001"}"#, "/kind"),
    ])
    func `A limit that is none is told where it is wrong`(_ body: String, _ pointer: String) async throws {
        try await QueueDoor.with("bad-\(body.utf8.reduce(0) { $0 &* 31 &+ Int($1) }.magnitude)") { door in
            let answer = try await door.ask(.put, "/limits", body, by: SmallTown.street)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("\"pointer\":\"\(pointer)\""))
            #expect(try await door.queue.limits().limits.isEmpty)
        }
    }

    @Test func `Refusals are worded in Chinese for those who ask for it`() async throws {
        try await QueueDoor.with("zh") { door in
            let answer = try await door.client.executeRequest(
                uri: "/v1/queue",
                method: .get,
                headers: [
                    .acceptLanguage: "zh",
                    .authorization: "Bearer \(try await door.fixture.token(of: SmallTown.fire))",
                ],
                body: nil
            )
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("任务队列仅供指挥中心运行人员使用"))
        }
    }
}
