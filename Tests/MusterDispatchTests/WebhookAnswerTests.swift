import EventSourcing
import Testing

@testable import MusterDispatch

@Suite("A webhook's answer")
struct WebhookAnswerTests {
    private static let now = Timestamp(rfc3339: "1994-11-06T08:49:00Z") ?? Timestamp(microseconds: 0)

    private func meaning(_ status: Int, _ retryAfter: String? = nil) -> WebhookAnswer.Meaning {
        WebhookAnswer(status: status, retryAfter: retryAfter, now: Self.now).meaning
    }

    @Test("of the two hundreds is a delivery", arguments: [200, 201, 202, 204, 299])
    func delivered(status: Int) {
        #expect(meaning(status) == .delivered)
    }

    @Test("410 says that no more is wanted")
    func gone() {
        #expect(meaning(410) == .gone)
    }

    @Test("429 and 503 say for how long the receiver is busy", arguments: [429, 503])
    func retryAfter(status: Int) {
        #expect(meaning(status, "120") == .busy(.seconds(120)))
        #expect(meaning(status, "0") == .busy(.zero))
        #expect(meaning(status, "Sun, 06 Nov 1994 08:49:37 GMT") == .busy(.seconds(37)))
    }

    @Test("may ask for a day at most, and for nothing in the past")
    func bounded() {
        #expect(meaning(429, "9223372036854775807") == .busy(.seconds(86_400)))
        #expect(meaning(429, "Fri, 31 Dec 9999 23:59:59 GMT") == .busy(.seconds(86_400)))
        #expect(meaning(429, "Sun, 06 Nov 1994 08:00:00 GMT") == .busy(.zero))
    }

    @Test(
        "is a failure when it does not say for how long, or nonsense",
        arguments: [nil, "", "-1", "soon", "99999999999999999999", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 6 Nov 1994"]
    )
    func nonsense(retryAfter: String?) {
        #expect(meaning(429, retryAfter) == .failing)
    }

    @Test("of the four hundreds is about the one message", arguments: [400, 401, 404, 409, 413, 422])
    func refused(status: Int) {
        #expect(meaning(status) == .refused)
    }

    @Test("of any other kind is the receiver's failure", arguments: [100, 301, 302, 307, 408, 500, 502, 504, 999])
    func others(status: Int) {
        #expect(meaning(status) == .failing)
    }
}
