import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterBoards
import MusterDomain
import MusterGateway
import NIOCore
import Records
import Testing

@Suite(.timeLimit(.minutes(20))) struct SignInTests {
    private let form: HTTPFields = [
        .contentType: "application/x-www-form-urlencoded", .accept: "text/html", .acceptLanguage: "en",
    ]

    private func withTown(
        _ body: @escaping @Sendable (any TestClientProtocol, GatewayFixture) async throws -> Void
    ) async throws {
        let fixture = try await GatewayFixture()
        try await fixture.whileFollowing {
            try await fixture.town.found()
            try await fixture.town.playEvening()
            _ = await fixture.boards.wait(until: try await fixture.store.tail(), timeout: .seconds(30))
            let application = Application(router: try fixture.gateway.makeRouter())
            try await application.test(.router) { client in try await body(client, fixture) }
        }
    }

    private func post(
        _ client: any TestClientProtocol,
        _ path: String,
        _ body: String,
        cookie: String? = nil
    ) async throws -> TestResponse {
        var headers = form
        if let cookie { headers[.cookie] = cookie }
        return try await client.executeRequest(
            uri: path,
            method: .post,
            headers: headers,
            body: ByteBuffer(string: body)
        )
    }

    private func get(
        _ client: any TestClientProtocol,
        _ path: String,
        cookie: String? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: "text/html", .acceptLanguage: "en"]
        if let cookie { headers[.cookie] = cookie }
        return try await client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
    }

    /// The session cookie of somebody who took a link.
    private func signIn(
        _ client: any TestClientProtocol,
        _ fixture: GatewayFixture,
        as actor: Actor
    ) async throws -> String {
        let link = try await fixture.token(of: actor, use: .signIn)
        let answer = try await post(client, "/sign-in", "token=\(link)")
        let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("muster-session=") })
        return String(cookie.prefix { $0 != ";" })
    }

    /// The hidden fields of a form, ready to be posted.
    private func hidden(_ page: String) -> String {
        page.split(separator: "<input type=\"hidden\" name=\"").dropFirst().compactMap { part in
            let name = part.prefix { $0 != "\"" }
            guard let start = part.firstRange(of: "value=\""), name.hasPrefix("_") else { return nil }
            return "\(name)=\(part[start.upperBound...].prefix { $0 != "\"" })"
        }.joined(separator: "&")
    }

    @Test func `A sign-in link leads to the desk with a cookie that scripts cannot read`() async throws {
        try await withTown { client, fixture in
            let link = try await fixture.token(of: SmallTown.fire, use: .signIn)
            let answer = try await post(client, "/sign-in", "token=\(link)")
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/desk")
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("muster-session=") })
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
        }
    }

    @Test func `Looking at a link does not use it up, taking it does`() async throws {
        try await withTown { client, fixture in
            let link = try await fixture.token(of: SmallTown.fire, use: .signIn)
            let page = try await get(client, "/sign-in?token=\(link)")
            #expect(page.text.contains("fire-duty"))
            let policy = try #require(HTTPField.Name("Referrer-Policy"))
            #expect(page.headers[values: policy] == ["no-referrer"], "its address holds a secret")
            let status = try await post(client, "/sign-in", "token=\(link)").status
            #expect(status == .seeOther)
            let again = try await post(client, "/sign-in", "token=\(link)")
            #expect(again.status == .unauthorized)
            #expect(again.text.contains("was used already"))
        }
    }

    @Test func `A bearer token is no sign-in link`() async throws {
        try await withTown { client, fixture in
            let token = try await fixture.token(of: SmallTown.fire)
            let status = try await post(client, "/sign-in", "token=\(token)").status
            #expect(status == .forbidden)
        }
    }

    @Test func `The desk shows what is most urgent for one's party and how to answer`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.fire)
            let desk = try await get(client, "/desk", cookie: cookie).text
            #expect(desk.contains("<p class=\"said\">Blocked fire lane</p>"))
            #expect(desk.contains("12 min late"))
            #expect(desk.contains("/desk/ReportOnScene?matter=M-0412&amp;department=fire"))
        }
    }

    @Test func `A form offers the matters, duties and people that are known`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.head)
            let whistle = try await get(client, "/desk/BlowWhistle", cookie: cookie).text
            #expect(whistle.contains("<option value=\"M-0430\">Lighting, Shiqiao road 8 (M-0430)</option>"))
            #expect(whistle.contains("value=\"gas.repair\""))
            #expect(whistle.contains("value=\"first-receiver\""))
            let investigator = try await get(client, "/desk/AssignInvestigator", cookie: cookie).text
            #expect(investigator.contains("value=\"grid-worker-dq02\""))
            #expect(!investigator.contains("value=\"fire-duty\""))
        }
    }

    @Test func `The street is offered a ruling where competence is disputed, and nothing for others to do`()
        async throws
    {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.street)
            let desk = try await get(client, "/desk", cookie: cookie).text
            #expect(desk.contains("/desk/RuleOnCompetence?matter=M-0422"))
            #expect(!desk.contains("/desk/RuleOnCompetence?matter=M-0412"))
        }
    }

    @Test func `Without a session the desk leads to the sign-in page`() async throws {
        try await withTown { client, _ in
            let answer = try await get(client, "/desk")
            #expect(answer.status == .unauthorized)
            #expect(answer.text.contains("href=\"/sign-in\""))
        }
    }

    @Test func `A form that is sent is recorded, and sent twice it is recorded once`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.fire)
            let path = "/desk/ReportOnScene?matter=M-0412&department=fire"
            let page = try await get(client, path, cookie: cookie).text
            let body = hidden(page) + "&matter=M-0412&department=fire"
            let status = try await post(client, path, body, cookie: cookie).status
            #expect(status == .seeOther)
            let tail = try await fixture.store.tail()
            let secondStatus = try await post(client, path, body, cookie: cookie).status
            #expect(secondStatus == .seeOther)
            #expect(try await fixture.store.tail() == tail)
            #expect(try await get(client, "/desk?sent=1", cookie: cookie).text.contains("Recorded"))
        }
    }

    @Test func `Errors name the field and keep what was typed`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.resident)
            let page = try await get(client, "/desk/SubmitReport", cookie: cookie).text
            let body = hidden(page) + "&kind=noise&territory=dq-02&channel=web&place=Dongqiao+7&text="
            let answer = try await post(client, "/desk/SubmitReport", body, cookie: cookie)
            #expect(answer.status == .badRequest)
            #expect(answer.text.contains("<a href=\"#f-text\">What happened: is required</a>"))
            #expect(answer.text.contains("value=\"Dongqiao 7\""))
        }
    }

    @Test func `A street issues a directive from a form, with rows for those whom it is for`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.street)
            let path = "/desk/IssueDirective"
            let page = try await get(client, path, cookie: cookie).text
            #expect(page.contains("name=\"audience.1.territory\""))
            #expect(!page.contains("name=\"audience.2.territory\""))
            let body = hidden(page) + "&subject=fire-lanes&title=Fire+lanes&body=Keep+them+free.&downTo=grid"
            let dongqiao = SmallTown.community.rawValue
            let more = try await post(
                client,
                path,
                body + "&audience.1.territory=\(dongqiao)&_longer=audience",
                cookie: cookie
            ).text
            #expect(more.contains("name=\"audience.3.territory\""))
            #expect(more.contains("<option value=\"\(dongqiao)\" selected>"))
            #expect(more.contains("value=\"Fire lanes\""))
            // The empty row between is nobody's, and the wrong one is the second that counts.
            let rows = "&audience.0.territory=\(dongqiao)&audience.1.territory=&audience.2.territory=%3F"
            let wrong = try await post(client, path, body + rows + "&effectiveFrom=soon", cookie: cookie)
            #expect(wrong.status == .badRequest)
            #expect(wrong.text.contains("<a href=\"#f-audience.1.territory\">First addressees · 2 · "))
            #expect(wrong.text.contains("<a href=\"#f-effectiveFrom\">"))
            let right = "&audience.0.territory=\(dongqiao)&audience.0.party=&effectiveFrom=2026-11-21T18:42:07%2B08:00"
            let sent = try await post(client, path, body + right, cookie: cookie)
            #expect(sent.status == .seeOther, "\(sent.text)")
            let last = try #require(try await fixture.store.events(after: Position.origin, limit: 10_000).last)
            #expect(String(decoding: last.data, as: UTF8.self).contains("\"title\":\"Fire lanes\""))
        }
    }

    @Test func `A form with too many fields is refused, not cut`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.street)
            let page = try await get(client, "/desk/IssueDirective", cookie: cookie).text
            let rows = (0..<5_000).map { "&audience.\($0).party=fire" }.joined()
            let answer = try await post(client, "/desk/IssueDirective", hidden(page) + rows, cookie: cookie)
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func `Whatever people send has a form that asks for all its fields`() async throws {
        try await withTown { client, fixture in
            var cookies: [Role: String] = [:]
            for entry in CommandCatalogue.all {
                guard let role = entry.roles.first(where: { $0 != .system }) else { continue }
                if cookies[role] == nil {
                    let (person, party) = (PersonID("somebody"), PartyID("heyan-street"))
                    let actor = Actor(person: person, party: party, role: role, territory: SmallTown.town)
                    cookies[role] = try await signIn(client, fixture, as: actor)
                }
                let answer = try await get(client, "/desk/\(entry.name)", cookie: cookies[role])
                #expect(answer.status == .ok, "\(entry.name)")
                for field in entry.fields where !["latitude", "longitude", "reporter"].contains(field.name) {
                    let isAsked = answer.text.contains("id=\"f-\(field.name)\"")
                    // What Muster names by itself is not asked for.
                    let isNamed = field == entry.fields.first || entry.name == "DelegateTask" && field.name == "task"
                    #expect(isAsked || isNamed, "\(entry.name) \(field.name)")
                }
            }
        }
    }

    @Test func `A refusal on the desk names the rule in plain words`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.fire)
            let path = "/desk/AcceptWhistle?matter=M-0412&department=fire"
            let page = try await get(client, path, cookie: cookie).text
            let answer = try await post(client, path, hidden(page) + "&matter=M-0412&department=fire", cookie: cookie)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("A rule says no"))
            #expect(answer.text.contains("rule R3") || answer.text.contains("rule S3"))
        }
    }

    @Test func `A form of another session is refused`() async throws {
        try await withTown { client, fixture in
            let fire = try await signIn(client, fixture, as: SmallTown.fire)
            let police = try await signIn(client, fixture, as: SmallTown.police)
            let path = "/desk/ReportOnScene?matter=M-0412&department=fire"
            let body = hidden(try await get(client, path, cookie: police).text) + "&matter=M-0412&department=fire"
            let status = try await post(client, path, body, cookie: fire).status
            #expect(status == .forbidden)
        }
    }

    @Test func `A session cookie writes nothing through the programs' door`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.fire)
            let answer = try await client.executeRequest(
                uri: "/v1/commands",
                method: .post,
                headers: [.contentType: "application/json", .cookie: cookie],
                body: ByteBuffer(string: "{}")
            )
            #expect(answer.status == .unauthorized)
        }
    }

    @Test func `A command of another role is not offered and not taken`() async throws {
        try await withTown { client, fixture in
            let cookie = try await signIn(client, fixture, as: SmallTown.resident)
            let text = try await get(client, "/desk", cookie: cookie).text
            #expect(!text.contains("/desk/BlowWhistle"))
            let status = try await get(client, "/desk/BlowWhistle", cookie: cookie).status
            #expect(status == .forbidden)
        }
    }

    @Test func `Every form that a role is offered can be drawn in both languages`() async throws {
        try await withTown { client, fixture in
            for actor in [SmallTown.fire, SmallTown.head, SmallTown.street, SmallTown.property, SmallTown.resident] {
                let cookie = try await signIn(client, fixture, as: actor)
                let desk = try await get(client, "/desk", cookie: cookie).text
                for link in desk.split(separator: "\"").filter({ $0.hasPrefix("/desk/") }) {
                    let path = link.replacing("&amp;", with: "&")
                    for language in ["en", "zh"] {
                        let answer = try await get(
                            client,
                            "\(path)\(path.contains("?") ? "&" : "?")lang=\(language)",
                            cookie: cookie
                        )
                        #expect(answer.status == .ok, "\(path)")
                    }
                }
            }
        }
    }
}
