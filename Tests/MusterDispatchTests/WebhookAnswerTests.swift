import EventSourcing
import TaskQueue
import Testing

@testable import MusterDispatch

@Suite("A webhook's answer")
struct WebhookAnswerTests {
    private static let now = Timestamp(rfc3339: "1994-11-06T08:49:00Z") ?? Timestamp(microseconds: 0)

    private func consequence(_ status: Int, _ retryAfter: String? = nil) -> TaskFailure.Consequence? {
        switch WebhookAnswer(status: status, retryAfter: retryAfter, now: Self.now) {
        case .delivered: nil
        case .failed(_, let consequence): consequence
        }
    }

    @Test("of the two hundreds is a delivery", arguments: [200, 201, 202, 204, 299])
    func delivered(status: Int) {
        #expect(WebhookAnswer(status: status, retryAfter: nil, now: Self.now) == .delivered)
    }

    @Test("410 buries the task")
    func gone() {
        #expect(consequence(410) == .bury)
    }

    @Test("429 and 503 are tried again when they say", arguments: [429, 503])
    func retryAfter(status: Int) {
        #expect(consequence(status, "120") == .retry(after: .seconds(120)))
        #expect(consequence(status, "0") == .retry(after: .zero))
        #expect(consequence(status, "Sun, 06 Nov 1994 08:49:37 GMT") == .retry(after: .seconds(37)))
    }

    @Test("may ask for a day at most, and for nothing in the past")
    func bounded() {
        #expect(consequence(429, "9223372036854775807") == .retry(after: .seconds(86_400)))
        #expect(consequence(429, "Fri, 31 Dec 9999 23:59:59 GMT") == .retry(after: .seconds(86_400)))
        #expect(consequence(429, "Sun, 06 Nov 1994 08:00:00 GMT") == .retry(after: .zero))
    }

    @Test(
        "backs off when it does not say when, or nonsense",
        arguments: [nil, "", "-1", "soon", "99999999999999999999", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 6 Nov 1994"]
    )
    func nonsense(retryAfter: String?) {
        #expect(consequence(429, retryAfter) == .backOff)
    }

    @Test("of any other kind backs off", arguments: [100, 301, 302, 400, 401, 404, 500, 502, 999])
    func others(status: Int) {
        #expect(consequence(status) == .backOff)
    }
}
