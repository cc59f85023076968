import Testing

@testable import Postgres

@Suite("Backoff")
struct BackoffTests {
    @Test("Pauses double up to the limit")
    func doubling() {
        var backoff = Backoff()
        let pauses = (0..<9).map { _ in backoff.pauseAfterFailure(jitter: 1) }
        #expect(Array(pauses.prefix(3)) == [.milliseconds(50), .milliseconds(100), .milliseconds(200)])
        #expect(pauses.last == .seconds(5))
    }

    @Test("Jitter takes at most half of a pause")
    func jitter() {
        var backoff = Backoff()
        #expect(backoff.pauseAfterFailure(jitter: 0) == .milliseconds(25))
    }

    @Test("Success begins anew")
    func success() {
        var backoff = Backoff()
        _ = backoff.pauseAfterFailure(jitter: 1)
        _ = backoff.pauseAfterFailure(jitter: 1)
        backoff.succeed()
        #expect(backoff.pauseAfterFailure(jitter: 1) == .milliseconds(50))
    }

    @Test("A thousand failures do not overflow")
    func many() {
        var backoff = Backoff()
        for _ in 0..<1000 { _ = backoff.pauseAfterFailure(jitter: 0.5) }
        #expect(backoff.pauseAfterFailure(jitter: 1) == .seconds(5))
    }
}
