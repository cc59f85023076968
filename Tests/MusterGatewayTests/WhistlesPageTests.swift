import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import Testing

/// What stands beside the whistles, as a browser gets it.
@Suite(.timeLimit(.minutes(20))) struct WhistlesPageTests {
    private func page(_ language: String) async throws -> String {
        let fixture = try await GatewayFixture()
        let texts = TextBox()
        try await fixture.whileFollowing {
            try await fixture.town.found()
            try await Self.askForConsent(in: fixture.town)
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            let application = Application(router: try fixture.gateway.makeRouter())
            try await application.test(.router) { client in
                let answer = try await client.executeRequest(
                    uri: "/boards/whistles?lang=\(language)",
                    method: .get,
                    headers: [.accept: "text/html"],
                    body: nil
                )
                await texts.put(answer.text)
            }
        }
        return await texts.text
    }

    private actor TextBox {
        private(set) var text = ""
        func put(_ text: String) { self.text = text }
    }

    @Test(arguments: [
        ("en", "Dongqiao community refused at 18:12", "Dongqiao community has not answered, 1 h over the limit"),
        ("zh", "东桥社区于 18:12 不同意", "东桥社区未答复，超期 1 时"),
    ])
    func `M58 matters that died in approval are named, with who let them lie`(
        _ language: String,
        _ refused: String,
        _ unanswered: String
    ) async throws {
        let page = try await page(language)
        #expect(page.contains(refused))
        #expect(page.contains(unanswered))
        #expect(page.contains(#"<a class="door" href="/matters/M-21">"#))
        #expect(page.contains(#"<a class="door" href="/matters/M-22">"#))
        #expect(!page.contains("/matters/M-23"))
        #expect(!page.contains("{{") && !page.contains("{name}"))
    }

    /// One question was never answered, one was refused, one is fresh.
    private static func askForConsent(in town: SmallTown) async throws {
        for (matter, minutes) in [(MatterID("M-21"), 300.0), (MatterID("M-22"), 40), (MatterID("M-23"), 20)] {
            try await town.raise(matter, "Cars on the lane", "Dongqiao 7", minutesAgo: minutes + 3)
            try await town.send(
                AssignInvestigator(matter: matter, person: SmallTown.gridWorker.person),
                by: SmallTown.head,
                minutesAgo: minutes + 2
            )
            try await town.send(
                RecordFindings(matter: matter, text: "Two cars.", needsDepartment: true),
                by: SmallTown.gridWorker,
                minutesAgo: minutes + 1
            )
            try await town.send(
                RequestConsent(matter: matter, reason: "It needs a department."),
                by: SmallTown.gridWorker,
                minutesAgo: minutes
            )
            if matter == MatterID("M-22") {
                try await town.send(
                    RefuseConsent(matter: matter, text: "Settle it yourselves."),
                    by: SmallTown.head,
                    minutesAgo: 30
                )
            }
        }
    }
}
