import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import Testing

/// Boards that are lists, and the page of one incident, as a browser gets them.
@Suite(.timeLimit(.minutes(20))) struct IncidentPageTests {
    private static let incident = IncidentID("I-1")

    private func withLeak(
        _ body: @escaping @Sendable (any TestClientProtocol, GatewayFixture) async throws -> Void
    ) async throws {
        let fixture = try await GatewayFixture()
        try await fixture.whileFollowing {
            try await fixture.town.found()
            try await Self.playLeak(in: fixture.town)
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            let application = Application(router: try fixture.gateway.makeRouter())
            try await application.test(.router) { client in try await body(client, fixture) }
        }
    }

    private func get(_ client: any TestClientProtocol, _ path: String) async throws -> TestResponse {
        try await client.executeRequest(uri: path, method: .get, headers: [.accept: "text/html"], body: nil)
    }

    @Test(arguments: BoardCatalogue.all.map { $0.name }, ["en", "zh"])
    func `Every board of the catalogue is a page in both languages`(_ board: String, _ language: String) async throws {
        try await withLeak { client, _ in
            let page = try await get(client, "/boards/\(board)?lang=\(language)")
            #expect(page.status == .ok)
            #expect(page.text.contains(try Regex("href=\"/boards/\(board)\" data-go=\"[a-z]\" aria-current=\"page\"")))
            let letters = page.text.matches(of: /data-go="([a-z])"/).map(\.1)
            #expect(Set(letters).count == letters.count)
            #expect(!page.text.contains("{{"))
            #expect(page.text.utf8.count < 60_000)
        }
    }

    @Test func `An incident stands on the list, and leads to its page`() async throws {
        try await withLeak { client, _ in
            let page = try await get(client, "/boards/incidents?lang=en").text
            #expect(page.contains(#"<a class="door" href="/incidents/I-1">Gas leak, Level III</a>"#))
            #expect(page.contains("1 of 2 up"))
            #expect(page.contains("not up: Cordon"))
        }
    }

    @Test func `R6.1 groups stand side by side with their steps, clocks and who has not come`() async throws {
        try await withLeak { client, _ in
            let page = try await get(client, "/incidents/I-1?lang=en").text
            #expect(page.contains("<h2>Gas leak, DQ-02</h2>"))
            #expect(page.ranges(of: #"<section class="panel lane">"#).count == 2)
            #expect(page.contains("<h3>Shut-off</h3><span>Gas &amp; power</span>"))
            #expect(page.contains("<h3>Cordon</h3><span>nobody yet</span>"))
            #expect(page.contains(#"<li class="step d"><b>Close the valve</b>"#))
            #expect(page.contains(#"<li class="step w"><b>Report</b>"#))
            #expect(page.contains(#"The summary needs <small>R6.3</small><span class="r">0 / 2</span>"#))
            #expect(page.contains(#"<rect class="done""#))
            #expect(!page.contains("{{"))
            let chinese = try await get(client, "/incidents/I-1?lang=zh").text
            #expect(chinese.contains("<h3>关阀组</h3>"))
            #expect(chinese.contains("汇总所需"))
        }
    }

    @Test func `S6 the briefing says who leads each group, what was found, and on what basis it was declared`()
        async throws
    {
        try await withLeak { client, fixture in
            let page = try await get(client, "/incidents/I-1?lang=en").text
            #expect(page.contains(#"<span class="lead">led by \#(SmallTown.gas.person)</span>"#))
            #expect(page.ranges(of: #"<span class="lead">"#).count == 1)
            let said = page.matches(of: /<dt>([^<]+) <small>[^<]+<\/small><\/dt><dd>([^<]*)<\/dd>/).map {
                "\($0.1): \($0.2)"
            }
            #expect(said == ["Situation: It smells.", "Verified: 20 %.", "Declared because: A leak."])
            let chinese = try await get(client, "/incidents/I-1?lang=zh").text
            #expect(chinese.contains("<dt>宣布依据 <small>"))
            // As of a minute after the report nobody had verified it.
            let before = (SmallTown.evening - .seconds(19 * 60)).rfc3339
            let past = try await get(client, "/incidents/I-1?lang=en&asKnownAt=\(before)").text
            #expect(past.contains("<dd>It smells.</dd>"))
            #expect(!past.contains("<dd>20 %.</dd>"))
        }
    }

    @Test func `An incident that there is not, or not any more, is not found; as of a time it was there`() async throws
    {
        try await withLeak { client, fixture in
            let nothing = try await get(client, "/incidents/nothing")
            #expect(nothing.status == .notFound)
            let before = (SmallTown.evening - .seconds(19 * 60)).rfc3339
            let past = try await get(client, "/incidents/I-1?lang=en&asKnownAt=\(before)").text
            #expect(past.contains("No playbook is active yet"))
            #expect(past.contains(#"<div class="band past" role="status">"#))
        }
    }

    @Test func `A list's stream carries rows as they are drawn, an incident's that it has changed`() async throws {
        let fixture = try await GatewayFixture()
        let before = try await fixture.whileFollowingLeak()
        let application = Application(router: try fixture.gateway.makeRouter())
        for (path, part) in [
            ("/boards/incidents/events?lang=en", #"data-key=\"I-1\""#),
            ("/incidents/I-1/events", "event: change\ndata: {}"),
        ] {
            let answer = try await application.test(.router) { client in
                try await client.executeRequest(
                    uri: path,
                    method: .get,
                    headers: [.lastEventID: "\(before)"],
                    body: nil
                )
            }
            #expect(answer.text.contains(part), "\(path): \(answer.text.prefix(300))")
        }
    }

    /// A leak that was found twenty minutes ago; one of two groups has come.
    fileprivate static func playLeak(in town: SmallTown) async throws {
        try await town.send(PublishPlaybook(playbook: playbook), by: SmallTown.administrator, minutesAgo: 60)
        try await town.send(
            ReportSuspectedCase(
                incident: incident,
                kind: IncidentKindID("gas-leak"),
                day: try #require(CaseDay(rawValue: "2026-11-21")),
                territory: SmallTown.grid,
                sites: [SiteID("cellar")],
                places: ["Dongqiao 3, below"],
                text: "It smells."
            ),
            by: SmallTown.gridWorker,
            minutesAgo: 20
        )
        let steps: [(any Command, Actor, Double)] = [
            (VerifyCase(incident: incident, text: "20 %."), SmallTown.gas, 18),
            (DeclareIncident(incident: incident, level: .iii, basis: "A leak."), SmallTown.street, 17),
            (
                ActivatePlaybook(incident: incident, playbook: PlaybookID("gas-leak"), version: 1), SmallTown.street,
                16
            ),
            (StandUpGroup(incident: incident, group: GroupID("shut-off"), party: PartyID("gas")), SmallTown.gas, 14),
            (
                AssignGroupLead(incident: incident, group: GroupID("shut-off"), person: SmallTown.gas.person),
                SmallTown.gas, 13
            ),
            (StartStep(incident: incident, step: StepID("valve")), SmallTown.gas, 12),
            (CompleteStep(incident: incident, step: StepID("valve")), SmallTown.gas, 6),
        ]
        for (command, actor, minutes) in steps { try await town.send(command, by: actor, minutesAgo: minutes) }
    }

    private static let playbook = Playbook(
        playbook: PlaybookID("gas-leak"),
        version: 1,
        kind: IncidentKindID("gas-leak"),
        nameEN: "Gas leak",
        nameZH: "燃气泄漏",
        groupsUpWithin: .seconds(900),
        summaryWithin: .seconds(14_400),
        groups: [
            PlaybookGroup(
                group: GroupID("shut-off"),
                nameEN: "Shut-off",
                nameZH: "关阀组",
                partyKind: .department,
                steps: [
                    PlaybookStep(
                        step: StepID("valve"),
                        nameEN: "Close the valve",
                        nameZH: "关阀",
                        within: .seconds(1_800)
                    ),
                    PlaybookStep(
                        step: StepID("report"),
                        nameEN: "Report",
                        nameZH: "报告",
                        needs: [StepID("valve")],
                        evidence: .text,
                        isReport: true
                    ),
                ]
            ),
            PlaybookGroup(
                group: GroupID("cordon"),
                nameEN: "Cordon",
                nameZH: "警戒组",
                partyKind: .property,
                steps: [
                    PlaybookStep(
                        step: StepID("line"),
                        nameEN: "Close off",
                        nameZH: "警戒",
                        evidence: .text,
                        isReport: true
                    )
                ]
            ),
        ],
        rechecks: [
            PlaybookRecheck(
                recheck: RecheckID("measure"),
                nameEN: "Measure",
                nameZH: "复测",
                after: .seconds(7_200),
                within: .seconds(3_600)
            )
        ]
    )
}

extension GatewayFixture {
    /// The position before the leak; the boards stop after it, so that streams end.
    fileprivate func whileFollowingLeak() async throws -> Position {
        try await town.found()
        let before = try await store.tail()
        try await whileFollowing {
            _ = await boards.wait(until: before, timeout: .seconds(30))
            _ = boards.operations.encodedSnapshot()
            try await IncidentPageTests.playLeak(in: town)
            _ = await boards.wait(until: try await store.tail(), timeout: .seconds(30))
        }
        return before
    }
}
