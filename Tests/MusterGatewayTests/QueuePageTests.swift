import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterDomain
import MusterTesting
import Postgres
import Records
import TaskQueue
import Testing

@testable import MusterGateway

/// `/queue` for people.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct QueuePageTests {
    @Test(arguments: ["en", "zh"])
    func `The page shows what waits and what was given up, and nothing of it as markup`(
        _ language: String
    ) async throws {
        try await QueueDoor.with("page-\(language)") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let answer = try await door.page("/queue?lang=\(language)&letter=\(door.dead)", cookie: cookie)
            #expect(answer.status == .ok)
            let text = answer.text
            #expect(text.contains(language == "en" ? "Given up (dead letters)" : "已放弃的任务"))
            #expect(text.contains(language == "en" ? ">Fire</a>" : ">消防</a>"))
            #expect(text.contains("status 500 &lt;script&gt;alert(&quot;error&quot;)&lt;/script&gt;"))
            #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!text.contains("<script>alert"))
            // The accent must not carry the mark out of an attribute.
            #expect(!text.unicodeScalars.contains(Array("W-2\"".unicodeScalars)))
            #expect(text.contains("12345678901234567890.50"))
        }
    }

    @Test func `Every field has a label, every action a name and every form its token`() async throws {
        try await QueueDoor.with("labels") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let text = try await door.page("/queue?letter=\(door.dead)", cookie: cookie).text
            for part in text.split(separator: "<input type=\"text\"").dropFirst() {
                let id = try #require(part.firstRange(of: "id=\"")).upperBound
                #expect(text.contains("<label for=\"\(part[id...].prefix { $0 != "\"" })\">"))
            }
            #expect(text.contains("<label for=\"payload\">"))
            #expect(text.contains("<summary aria-label=\"Pause Fire\">"))
            #expect(text.contains("<span class=\"vh\">Choose task \(door.dead)</span>"))
            #expect(text.contains("<kbd>g</kbd><kbd>q</kbd>"))
            let forms = text.split(separator: "<form method=\"post\"").dropFirst()
            #expect(forms.count >= 4)
            for form in forms { #expect(form.prefix(200).contains("name=\"_form\" value=\"")) }
        }
    }

    @Test func `Those who do not run the centre neither see the way nor pass`() async throws {
        try await QueueDoor.with("way") { door in
            let street = try await door.signIn(SmallTown.street)
            #expect(try await door.page("/boards/operations", cookie: street).text.contains("href=\"/queue\""))
            #expect(try await door.page("/desk", cookie: street).text.contains("href=\"/queue\""))
            let fire = try await door.signIn(SmallTown.fire)
            #expect(try await !door.page("/boards/operations", cookie: fire).text.contains("href=\"/queue\""))
            #expect(try await door.page("/queue", cookie: fire).status == .forbidden)
            #expect(try await door.page("/queue/parts", cookie: fire).status == .forbidden)
            // Boards are open to all here, the queue is not.
            let nobody = try await door.page("/queue", cookie: nil)
            #expect(nobody.status == .unauthorized)
            #expect(nobody.text.contains("href=\"/sign-in\""))
        }
    }

    @Test func `An agency is paused and resumed from the page`() async throws {
        try await QueueDoor.with("press") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let token = try await door.formToken(cookie)
            let answer = try await door.post("/queue/pause", "\(token)&agency=fire", cookie: cookie)
            #expect(answer.status == .seeOther)
            let page = try await door.page(try #require(answer.headers[.location]), cookie: cookie).text
            #expect(page.contains("Fire is paused: what comes for it waits."))
            #expect(page.contains("Resume Fire"))
            _ = try await door.post("/queue/resume", "\(token)&agency=fire", cookie: cookie)
            #expect(try await door.queue.limits()[.init(agency: "fire", kind: nil)]?.isPaused == false)
            // A link that claims what is not so is not believed.
            #expect(try await !door.page("/queue?did=paused&of=fire", cookie: cookie).text.contains("Fire is paused"))
        }
    }

    @Test(arguments: ["pause", "resume", "limits", "resend"])
    func `A form that is not of the session changes nothing`(_ action: String) async throws {
        try await QueueDoor.with("forged-\(action)") { door in
            let street = try await door.signIn(SmallTown.street)
            let other = try await door.signIn(SmallTown.administrator)
            let form = "agency=fire&concurrency=1&number=\(door.dead)"
            for token in ["", "_form=0000&", "\(try await door.formToken(other))&"] {
                #expect(try await door.post("/queue/\(action)", token + form, cookie: street).status == .forbidden)
            }
            #expect(try await door.queue.limits().limits.isEmpty)
            #expect(try await door.queue.deadLetters(limit: 10).count == 1)
        }
    }

    @Test func `A limit that is none is told beside its field, with what was typed`() async throws {
        try await QueueDoor.with("wrong") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let form = "\(try await door.formToken(cookie))&limit=1&agency=fire&kind="
            let wrong = try await door.post("/queue/limits", form + "&concurrency=many&tasks=5", cookie: cookie)
            #expect(wrong.status == .badRequest)
            let field = "value=\"many\" aria-invalid=\"true\" aria-describedby=\"limit-0-concurrency-error\""
            #expect(wrong.text.contains(field))
            #expect(wrong.text.contains("id=\"limit-0-seconds-error\""))
            let right = try await door.post("/queue/limits", form + "&concurrency=3&burst=2", cookie: cookie)
            #expect(right.status == .seeOther)
            let page = try await door.page(try #require(right.headers[.location]), cookie: cookie).text
            #expect(page.contains("The limit of Fire is now: 3 at a time."))
            #expect(try await door.queue.limits()[.init(agency: "fire", kind: nil)] == QueueLimit(concurrency: 3))
        }
    }

    @Test func `A payload that nobody touched is sent to the byte, an edited one compact`() async throws {
        try await QueueDoor.with("send") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let token = try await door.formToken(cookie)
            let shown = JSONLayout.indented(QueueDoor.payload).replacing("\n", with: "\r\n")
            let form = "\(token)&number=\(door.dead)&payload=\(FormFields.escaped(shown))"
            let answer = try await door.post("/queue/resend", form, cookie: cookie)
            #expect(answer.status == .seeOther)
            let demand = Turn.Demand(of: ["fire"], amount: 5, term: .seconds(60))
            let leased = try await door.queue.lease(demand, worker: "test", patience: .seconds(30))
            #expect(leased.map(\.payload).contains(QueueDoor.payload))
            let page = try await door.page(try #require(answer.headers[.location]), cookie: cookie).text
            #expect(page.contains("1 sent again; the first is task"))
            #expect(page.contains("No task was given up."))
            let again = try await door.post("/queue/resend", form, cookie: cookie)
            #expect(again.status == .notFound)
            #expect(again.text.contains("is no dead letter"))
        }
    }

    @Test func `A payload that is no JSON is told beside it and kept`() async throws {
        try await QueueDoor.with("payload") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let token = try await door.formToken(cookie)
            let form = "\(token)&number=\(door.dead)&payload=%7B%3C%2Ftextarea%3E"
            let answer = try await door.post("/queue/resend", form, cookie: cookie)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("id=\"payload-error\">is not JSON: unexpected text at byte 2"))
            #expect(answer.text.contains("{&lt;/textarea&gt;</textarea>"))
            let none = try await door.post("/queue/resend", token, cookie: cookie)
            #expect(none.status == .unprocessableContent)
            #expect(none.text.contains("No task was chosen"))
            #expect(try await door.queue.deadLetters(limit: 10).count == 1)
        }
    }

    @Test(arguments: [("en", "about", "Directive D-1"), ("zh", "关于", "指令 D-1")])
    func `A task that was given up says what it was about`(
        _ language: String,
        _ heading: String,
        _ about: String
    ) async throws {
        try await QueueDoor.with("about-\(language)") { door in
            let payload = #"{"directive":"D-1","kind":"directive","title":"Stay at home"}"#
            let task = try NewTask(agency: "fire", kind: "directive", uniqueKey: "D-1", payload: Array(payload.utf8))
            door.queue.announce(try await door.pool.transaction { try await door.queue.enqueue([task], in: $0) })
            let demand = Turn.Demand(of: ["fire"], amount: 5, term: .seconds(60))
            // The one that waited before may come alone.
            var found: LeasedTask?
            while found == nil {
                let leased = try await door.queue.lease(demand, worker: "test", patience: .seconds(30))
                found = leased.first { $0.kind == "directive" }
            }
            let dying = try #require(found)
            _ = try await door.queue.fail([TaskFailure(dying.grant, error: "gone", .bury)])
            let cookie = try await door.signIn(SmallTown.street)
            let page = try await door.page("/queue?lang=\(language)&letter=\(dying.grant.task)", cookie: cookie).text
            #expect(page.contains("<dt>\(heading)</dt><dd>\(about)</dd>"))
            let kind = about.prefix { $0 != " " }
            #expect(page.contains("</b> · \(kind)</a> \(about)"))
            // The other letter is about nothing of the log.
            let other = try await door.page("/queue?lang=\(language)&letter=\(door.dead)", cookie: cookie).text
            #expect(!other.contains("<dt>\(heading)</dt>"))
        }
    }

    @Test func `The parts that the script fetches are those of the page`() async throws {
        try await QueueDoor.with("parts") { door in
            let cookie = try await door.signIn(SmallTown.street)
            let parts = try await door.page("/queue/parts?agency=fire", cookie: cookie).text
            for id in ["queue-head", "limits", "schedules", "dead"] {
                #expect(parts.contains("id=\"\(id)\" data-part"))
            }
            #expect(parts.contains("<tr role=\"row\" data-key=\"fire\""))
            #expect(!parts.contains("<html"))
        }
    }
}
