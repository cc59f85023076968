import EventSourcing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MusterTesting
import Postgres
import TaskQueue
import Testing

@testable import MusterGateway

/// The webhooks on `/queue`.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct QueueDeliveriesTests {
    @Test(
        arguments: [
            ("en", "Did not arrive (2)", "Arrived (1)", "attempt 3", "status 500", "no answer", "1.2 s", "20 ms"),
            ("zh", "未送达（2）", "已送达（1）", "第 3 次", "状态码 500", "无应答", "1.2 秒", "20 毫秒"),
        ]
    )
    func `What did not arrive stands first, with what was answered, and nothing of it as markup`(
        _ language: String,
        _ failed: String,
        _ arrived: String,
        _ attempt: String,
        _ status: String,
        _ silence: String,
        _ long: String,
        _ short: String
    ) async throws {
        try await QueueDoor.with("sent-\(language)") { door in
            try await door.callByWebhook()
            try await door.log([
                QueueDoor.delivery(1, .failed, status: 500, attempt: 3, note: QueueDoor.note),
                QueueDoor.delivery(2, .returned, status: nil, took: .milliseconds(1_250), note: "timed out"),
                QueueDoor.delivery(3),
            ])
            let cookie = try await door.signIn(SmallTown.street)
            let page = try await door.page("/queue?lang=\(language)", cookie: cookie).text
            let (first, last) = (try #require(page.firstRange(of: failed)), try #require(page.firstRange(of: arrived)))
            #expect(first.upperBound < last.lowerBound)
            #expect(try #require(page.firstRange(of: "water-2")).upperBound < last.lowerBound)
            #expect(last.upperBound < (try #require(page.firstRange(of: "water-3"))).lowerBound)
            for words in [attempt, status, silence, long, short] { #expect(page.contains(words), "\(words)") }
            #expect(page.contains("&lt;script&gt;alert(&quot;note&quot;)&lt;/script&gt;"))
            #expect(!page.contains("<script>alert"))
            #expect(page.contains(language == "en" ? "<b>Water</b>" : "<b>供水</b>"))
            #expect(page.contains("18:41:07"))
        }
    }

    @Test func `Who is not called for now is marked among the agencies and said with the time of the next try`()
        async throws
    {
        try await QueueDoor.with("circuit") { door in
            try await door.callByWebhook()
            let circuit = Delivery.OpenCircuit(
                since: SmallTown.evening - .seconds(60),
                probeAt: SmallTown.evening + .seconds(30)
            )
            // A delivery after it says that it is called again.
            try await door.log([
                QueueDoor.delivery(1, to: "fire", .returned, status: 503, note: "status 503", circuit: circuit),
                QueueDoor.delivery(2, .returned, status: 502, note: "status 502", circuit: circuit),
                QueueDoor.delivery(3),
            ])
            let cookie = try await door.signIn(SmallTown.street)
            let page = try await door.page("/queue", cookie: cookie).text
            #expect(page.contains("<b>1</b>not called for now</a>"))
            #expect(page.contains("href=\"/queue?agency=fire#deliveries\"><svg"))
            #expect(page.contains("<b>Fire</b> has not been called since 18:41:07;"))
            #expect(page.contains("one task is tried at 18:42:37."))
            #expect(!page.contains("<b>Water</b> has not been called"))
            // The status is not said twice.
            #expect(page.contains("status 503") && !page.contains("status 503 · status 503"))
            // Whoever looks at another party sees the mark, and not the words.
            let other = try await door.page("/queue?agency=water", cookie: cookie).text
            #expect(other.contains("Webhooks: Water") && !other.contains("<b>Fire</b> has not been called"))
            #expect(other.contains("href=\"/queue?agency=fire#deliveries\"><svg"))
        }
    }

    @Test func `The last twenty are shown, and those alone that did not arrive by choice`() async throws {
        try await QueueDoor.with("bound") { door in
            try await door.callByWebhook()
            let buried = QueueDoor.delivery(1, .buried, status: 422, note: "status 422")
            try await door.log([buried] + (2...26).map { QueueDoor.delivery($0) })
            let cookie = try await door.signIn(SmallTown.street)
            let page = try await door.page("/queue", cookie: cookie).text
            #expect(page.matches(of: /data-outcome="delivered"/).count == 20)
            #expect(!page.contains("data-outcome=\"buried\""))
            #expect(page.contains("<a class=\"door\" href=\"/queue#deliveries\" aria-current=\"true\">all</a>"))

            for path in ["/queue?failed=true", "/queue/parts?failed=true&agency=water"] {
                let failed = try await door.page(path, cookie: cookie).text
                #expect(failed.matches(of: /data-outcome="[a-z]*"/).count == 1)
                #expect(failed.contains("<a class=\"door\" href=\"/queue?letter=1#letter\">task 1</a>"))
                #expect(failed.contains("failed=true#deliveries\" aria-current=\"true\">only what did not arrive</a>"))
            }
            let narrowed = try await door.page("/queue?failed=true&agency=water", cookie: cookie).text
            #expect(narrowed.contains("href=\"/queue?failed=true#deliveries\">show all</a>"))
            #expect(narrowed.contains("/queue/parts?agency=water&failed=true"))
            let none = try await door.page("/queue?failed=true&agency=fire", cookie: cookie).text
            #expect(none.contains("Everything arrived.") && !none.contains("data-outcome"))
        }
    }

    @Test func `Where no party is called by webhook, nothing is asked of the database`() async throws {
        try await QueueDoor.with("unasked") { door in
            try await door.pool.execute(Statement("test_rename", "alter table deliveries rename to elsewhere"))
            let cookie = try await door.signIn(SmallTown.street)
            let page = try await door.page("/queue", cookie: cookie)
            #expect(page.status == .ok)
            #expect(page.text.contains("No party is called by webhook"))
            #expect(!page.text.contains("not called for now"))
            try await door.callByWebhook()
            #expect(try await door.page("/queue", cookie: cookie).status == .serviceUnavailable)
        }
    }
}
