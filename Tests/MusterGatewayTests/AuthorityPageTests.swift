import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import Testing

/// The board of authority, as a browser gets it.
@Suite(.timeLimit(.minutes(20))) struct AuthorityPageTests {
    @Test(arguments: [
        ("en", "Responsibility list 2026-1", "Stop gas leaks", "support", "Who there is, each once (R1.6)"),
        ("zh", "责任清单 2026-1", "处置燃气泄漏", "配合", "各单位人数（每人计一次，R1.6）"),
    ])
    func `R1.5 the list is a matrix of duties and parties, with marks that can be heard`(
        _ language: String,
        _ heading: String,
        _ duty: String,
        _ mark: String,
        _ capacity: String
    ) async throws {
        let fixture = try await GatewayFixture()
        try await fixture.whileFollowing {
            try await fixture.town.found()
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            let application = Application(router: try fixture.gateway.makeRouter())
            try await application.test(.router) { client in
                let page = try await client.executeRequest(
                    uri: "/boards/authority?lang=\(language)",
                    method: .get,
                    headers: [.accept: "text/html"],
                    body: nil
                ).text
                #expect(page.contains("<h2>\(heading)</h2>"))
                #expect(page.contains(#"<th scope="row">\#(duty)<small>"#))
                #expect(page.contains(#"<td class="lead"><span class="vh">"#))
                #expect(page.contains(#"<td class="support"><span class="vh">\#(mark)</span></td>"#))
                #expect(page.contains(#"<td class="none"><span class="vh"></span></td>"#))
                #expect(page.contains("<h2>\(capacity)</h2>"))
                #expect(!page.contains("{{"))
            }
        }
    }
}
