import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import Records
import Testing

@Suite(.timeLimit(.minutes(20))) struct BoardDoorTests {
    private func withEvening(
        mode: LogMode = .live,
        configure: (inout GatewayFixture) -> Void = { _ in },
        _ body: @escaping @Sendable (any TestClientProtocol, GatewayFixture) async throws -> Void
    ) async throws {
        var fixture = try await GatewayFixture(mode: mode)
        configure(&fixture)
        let ready = fixture
        try await ready.whileFollowing {
            try await ready.town.found()
            try await ready.town.playEvening()
            _ = await ready.boards.wait(until: try await ready.store.tail(), timeout: .seconds(30))
            let application = Application(router: try ready.gateway.makeRouter())
            try await application.test(.router) { client in try await body(client, ready) }
        }
    }

    private func get(
        _ client: any TestClientProtocol,
        _ path: String,
        _ headers: HTTPFields = [.accept: "text/html"]
    ) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    @Test(arguments: ["operations", "whistles"]) func `A board answers as JSON with its position`(
        _ board: String
    ) async throws {
        try await withEvening { client, fixture in
            let answer = try await get(client, "/v1/boards/\(board)", [:])
            #expect(answer.status == .ok)
            #expect(answer.text.hasPrefix("{\"board\":\"\(board)\""))
            let tail = try await fixture.store.tail()
            #expect(answer.text.contains("\"position\":\(tail)"))
        }
    }

    @Test func `A board that does not exist is not found`() async throws {
        try await withEvening { client, _ in
            let status = try await get(client, "/v1/boards/nothing", [:]).status
            #expect(status == .notFound)
        }
    }

    @Test func `A board says which events are missing on it, as JSON and on its page`() async throws {
        try await withEvening { client, fixture in
            let command = CommandID(UniqueID(version8From: (1, 2)))
            let event = NewEvent(type: EventType("WhistleBlown"), data: Array(#"{"matter": 7}"#.utf8))
            let append = Append(
                command: command,
                occurredAt: SmallTown.evening,
                metadata: EventMetadata.record.encode(
                    EventMetadata(actor: .system(in: SmallTown.town), correlation: command, causation: nil)
                ),
                writes: [StreamWrite(stream: Matter.stream(MatterID("M-0412")), expected: .any, events: [event])]
            )
            _ = try await fixture.store.append(append)
            let tail = try await fixture.store.tail()
            _ = await fixture.boards.wait(until: tail, timeout: .seconds(30))

            let answer = try await get(client, "/v1/boards/whistles/parked", [:])
            #expect(answer.status == .ok)
            #expect(answer.text.contains(#""parked":1,"events":[{"position":\#(tail),"stream":"matter-M-0412""#))
            let page = try await get(client, "/boards/operations?lang=en").text
            #expect(page.contains(#"<a href="/v1/boards/operations/parked">1 event(s) cannot be read"#))
            #expect(page.contains("#\(tail) WhistleBlown/1 /matter"))
        }
    }

    // MARK: - The past

    /// In the middle of what the evening tells.
    private static let half = SmallTown.evening - .seconds(900)

    @Test func `A board as of a time is that of the events until then`() async throws {
        try await withEvening { client, fixture in
            let events = try await fixture.store.events(after: .origin, limit: 10_000)
            let known = events.last { $0.recordedAt <= Self.half }
            let last = try #require(known)
            let time = Self.half.rfc3339

            let asKnown = try await get(client, "/v1/boards/operations?asKnownAt=\(time)", [:])
            #expect(asKnown.status == .ok)
            #expect(asKnown.text.contains("\"position\":\(last.position),"))
            #expect(asKnown.text.contains("\"now\":\"\(time)\""))
            #expect(asKnown.text.contains("\"past\":{\"asKnownAt\":\"\(time)\"}"))
            let byPosition = try await get(client, "/v1/boards/operations?position=\(last.position)", [:])
            #expect(byPosition.text.contains("\"past\":{\"position\":\(last.position)}"))
            let asTrue = try await get(client, "/v1/boards/whistles?asTrueAt=\(time)", [:])
            #expect(asTrue.text.contains("\"position\":\(events.count),"))
            #expect(asTrue.text.contains("\"past\":{\"asTrueAt\":\"\(time)\"}"))
            let live = try await get(client, "/v1/boards/operations", [:])
            #expect(!live.text.contains("\"past\""))
        }
    }

    @Test(
        arguments: [
            ("asKnownAt=yesterday", 400, "not-a-time"), ("asTrueAt=2026-13-01T00:00:00Z", 400, "not-a-time"),
            ("asKnownAt=2199-01-01T00:00:00Z", 400, "future"), ("asTrueAt=2199-01-01T00:00:00Z", 400, "future"),
            ("asKnownAt=2001-01-01T00:00:00Z", 404, "before-first-event"),
            ("asTrueAt=2001-01-01T00:00:00Z", 404, "before-first-event"),
            ("position=0", 400, "not-a-position"), ("position=many", 400, "not-a-position"),
            ("position=9223372036854775807", 404, "no-such-position"),
            ("position=1&asKnownAt=2026-11-21T10:00:00Z", 400, "position-and-time"),
            ("asKnownAt=2026-11-21T10:00:00Z&asTrueAt=2026-11-21T10:00:01Z", 400, "true-after-known"),
        ]
    ) func `A past that cannot be shown is refused in plain words`(
        _ query: String,
        _ status: Int,
        _ code: String
    )
        async throws
    {
        try await withEvening { client, _ in
            let answer = try await get(client, "/v1/boards/operations?\(query)", [:])
            #expect(answer.status.code == status)
            #expect(answer.text.contains("\"code\":\"\(code)\""), "\(answer.text)")
        }
    }

    @Test func `A page of the past says so, stands still, and keeps the time from board to board`() async throws {
        try await withEvening { client, _ in
            let time = Self.half.rfc3339
            for board in ["operations", "whistles"] {
                let answer = try await get(client, "/boards/\(board)?lang=en&asKnownAt=\(time)")
                #expect(answer.status == .ok)
                let page = answer.text
                #expect(page.contains("PAST: as of Sat 21 Nov 18:27:07, as known then"))
                #expect(page.contains("\"stands\":true"))
                #expect(page.contains("\"events\":\"\""))
                #expect(!page.contains("data-now"))
                #expect(page.contains("href=\"/boards/whistles?asKnownAt=\(time)\""))
                #expect(page.contains("value=\"2026-11-21T18:27:07\""))
                #expect(page.contains("lang=zh&amp;asKnownAt=\(time)"))
            }
            let live = try await get(client, "/boards/operations?lang=en").text
            #expect(!live.contains("class=\"band past\""))
            #expect(live.contains("\"stands\":false"))
        }
    }

    @Test(arguments: [("known", "asKnownAt"), ("true", "asTrueAt")])
    func `The form leads to the address of the time in the town`(_ chosen: String, _ parameter: String) async throws {
        try await withEvening { client, _ in
            let answer = try await get(client, "/boards/whistles?at=2026-11-21T18:27&as=\(chosen)")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/boards/whistles?\(parameter)=2026-11-21T10:27:00Z")
        }
    }

    @Test func `The operations page puts the longest overdue first`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations?lang=en").text
            let lane = try #require(page.firstRange(of: "data-key=\"M-0412/"))
            let gas = try #require(page.firstRange(of: "data-key=\"M-0419/"))
            let inTime = try #require(page.firstRange(of: "id=\"in-time\""))
            #expect(lane.lowerBound < gas.lowerBound)
            #expect(gas.lowerBound < inTime.lowerBound)
        }
    }

    @Test func `The head counts what the rows show`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations?lang=en").text
            for phase in ["late", "soon"] {
                let rows = page.ranges(of: "data-phase=\"\(phase)\"").count
                #expect(page.contains("<b data-count=\"\(phase)\">\(rows)</b>"))
            }
        }
    }

    @Test func `A page speaks the language of the browser`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations", [.accept: "text/html", .acceptLanguage: "zh-CN"])
            #expect(page.text.contains("<html lang=\"zh-Hans\""))
            #expect(page.text.contains("逾期"))
        }
    }

    @Test(arguments: [("en", "Blocked emergency passage"), ("zh", "应急通道被堵")])
    func `A row calls its matter by its kind, in the language of the page`(
        _ language: String,
        _ kind: String
    ) async throws {
        try await withEvening { client, _ in
            for board in ["operations", "whistles"] {
                let page = try await get(client, "/boards/\(board)?lang=\(language)").text
                #expect(page.contains("<a class=\"door\" href=\"/matters/M-0412\">\(kind)</a>"))
                #expect(!page.contains("Blocked fire lane"))
            }
        }
    }

    @Test func `A matter's page keeps the words of its reporter`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/matters/M-0412?lang=zh").text
            #expect(page.contains("<p class=\"said\">Blocked fire lane</p>"))
        }
    }

    @Test func `A matter of no known kind is called by its title`() async throws {
        try await withEvening { client, fixture in
            try await fixture.town.raise(
                MatterID("M-9"),
                "A cow on the square",
                "Square",
                kind: .other,
                urgency: .normal,
                minutesAgo: 1
            )
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            let page = try await get(client, "/boards/operations?lang=zh").text
            #expect(page.contains("href=\"/matters/M-9\">A cow on the square</a>"))
        }
    }

    @Test(arguments: [
        ("en", "too early to tell", "households not counted"), ("zh", "数据不足一天", "户数未登记"),
    ])
    func `A whistle rate of less than a day is not told, and not called uncounted`(
        _ language: String,
        _ words: String,
        _ uncounted: String
    ) async throws {
        try await withEvening { client, fixture in
            // The town was founded a day before the evening.
            fixture.clock.set(SmallTown.evening - .seconds(60))
            let page = try await get(client, "/boards/whistles?lang=\(language)").text
            #expect(page.ranges(of: words).count == 2)
            #expect(page.ranges(of: uncounted).count == 1)
        }
    }

    @Test func `A language that is chosen sticks`() async throws {
        try await withEvening { client, _ in
            let first = try await get(client, "/boards/operations?lang=zh")
            let cookie = try #require(first.headers[values: .setCookie].first { $0.hasPrefix("muster-lang=zh") })
            let second = try await get(client, "/boards/whistles", [.accept: "text/html", .cookie: cookie])
            #expect(second.text.contains("<html lang=\"zh-Hans\""))
        }
    }

    @Test func `What people wrote cannot become part of a page`() async throws {
        try await withEvening { client, fixture in
            try await fixture.town.raise(MatterID("M-9"), "<script>alert(1)</script>", "\"><b>", minutesAgo: 1)
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            for path in ["/boards/operations", "/matters/M-9"] {
                let text = try await get(client, path).text
                #expect(!text.contains("<script>alert"))
            }
        }
    }

    @Test func `An exercise cannot be mistaken`() async throws {
        try await withEvening(mode: .exercise) { client, _ in
            let page = try await get(client, "/boards/operations?lang=en").text
            #expect(page.contains("data-mode=\"exercise\""))
            #expect(page.contains("EXERCISE: nothing on this page is real"))
        }
    }

    @Test func `A matter shows its events, who holds its clock and both filings`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/matters/M-0412?lang=en").text
            #expect(page.contains("<h2>Blocked emergency passage, Dongqiao 7</h2>"))
            #expect(page.contains("on scene ≤ 30 min"))
            #expect(page.contains("not filed yet"))
        }
    }

    @Test func `A matter that is not there is not found, as JSON and as page`() async throws {
        try await withEvening { client, _ in
            let status = try await get(client, "/v1/matters/M-77", [:]).status
            #expect(status == .notFound)
            let page = try await get(client, "/matters/M-77?lang=en")
            #expect(page.status == .notFound)
            #expect(page.text.contains("There is no such page"))
        }
    }

    @Test func `Where reading is closed a board needs a token`() async throws {
        try await withEvening(configure: { $0.configuration.openReading = .never }) { client, fixture in
            let status = try await get(client, "/v1/boards/operations", [:]).status
            #expect(status == .unauthorized)
            let fire = try await fixture.token(of: SmallTown.fire)
            let secondStatus = try await get(client, "/v1/boards/operations", [.authorization: "Bearer \(fire)"]).status
            #expect(secondStatus == .ok)
            let resident = try await fixture.token(of: SmallTown.resident)
            let refused = try await get(client, "/v1/boards/operations", [.authorization: "Bearer \(resident)"])
            #expect(refused.status == .forbidden)
        }
    }

    @Test func `Every answer carries a request number and the headers that keep browsers safe`() async throws {
        try await withEvening { client, _ in
            let answer = try await get(client, "/boards/operations")
            let headers = answer.headers
            #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'self'") == true)
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(HTTPField.Name("X-Request-Id").flatMap { headers[$0] }?.isEmpty == false)
        }
    }

    @Test func `A page loads nothing that its policy forbids`() async throws {
        try await withEvening { client, _ in
            for path in ["/boards/operations", "/boards/whistles", "/matters/M-0412", "/sign-in"] {
                let page = try await get(client, path).text
                #expect(!page.contains(" style=\""))
                #expect(!page.contains(" onclick="))
                #expect(!page.contains("<script>"))
            }
        }
    }

    @Test func `Scripts are served without their comments, and whole`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations").text
            let path = try #require(page.split(separator: "\"").first { $0.hasSuffix("/board.js") })
            let script = try await get(client, String(path), [:]).text
            #expect(script.hasPrefix("import \"./keys.js\";\nimport { fit,"))
            #expect(script.hasSuffix("addEventListener(\"resize\", fit);"))
        }
    }

    @Test func `A page's style and script are there and may be kept for ever`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations").text
            let paths = page.split(separator: "\"").filter { $0.hasPrefix("/static/") }
            #expect(paths.count >= 4)
            for path in paths {
                let file = try await get(client, String(path), [:])
                #expect(file.status == .ok)
                #expect(file.headers[.cacheControl]?.contains("immutable") == true)
            }
        }
    }

    @Test func `A board with its style and script weighs at most 60 kB before compression`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations")
            #expect(page.text.ranges(of: "data-key=").count >= 8)
            let folder = try #require(page.text.split(separator: "\"").first { $0.hasPrefix("/static/") })
                .split(separator: "/").dropLast().joined(separator: "/")
            var size = page.body.readableBytes
            for name in [
                "tokens.css", "board.css", "operations.css", "page.js", "board.js", "clock.js", "keys.js", "list.js",
                "stream.js", "strip.js",
            ] {
                let file = try await get(client, "/\(folder)/\(name)", [:])
                #expect(file.status == .ok)
                size += file.body.readableBytes
            }
            #expect(size <= 60_000)
        }
    }

    @Test func `A row weighs at most 1,300 bytes before compression`() async throws {
        try await withEvening { client, _ in
            let page = try await get(client, "/boards/operations").text
            let rows = page.split(separator: "\n").filter { $0.contains("<tr role=\"row\" data-key=") }
            #expect(!rows.isEmpty)
            for row in rows {
                let start = try #require(row.firstRange(of: "<tr role=\"row\" data-key="))
                #expect(row[start.lowerBound...].utf8.count <= 1_300)
            }
        }
    }

    // MARK: - Machines

    @Test func `Readiness says what is missing`() async throws {
        try await withEvening(configure: { $0.readiness = [ReadinessCheck("database") { "does not answer" }] }) {
            client,
            _ in
            let answer = try await get(client, "/readyz", [:])
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.text.contains("{\"name\":\"database\",\"ok\":false,\"reason\":\"does not answer\"}"))
        }
    }

    @Test func `Health needs nothing`() async throws {
        let fixture = try await GatewayFixture()
        let application = Application(router: try fixture.gateway.makeRouter())
        try await application.test(.router) { client in
            let status = try await get(client, "/healthz", [:]).status
            #expect(status == .ok)
            let secondStatus = try await get(client, "/readyz", [:]).status
            #expect(secondStatus == .serviceUnavailable)
            let thirdStatus = try await get(client, "/v1/boards/operations", [:]).status
            #expect(thirdStatus == .serviceUnavailable)
        }
    }
}
