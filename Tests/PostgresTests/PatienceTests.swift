import Testing

@testable import Postgres

@Suite("Patience")
struct PatienceTests {
    private let start = ContinuousClock.now

    @Test("The first interruption is drained, deaf to cancellation, until a new deadline")
    func first() {
        var patience = Patience(until: start)
        let action = patience.interrupt(
            .cancelled,
            policy: .cancelAndDrain,
            drainUntil: start.advanced(by: .seconds(2))
        )
        #expect(action == .cancelAndDrain)
        #expect(patience.isShielded)
        #expect(patience.deadline == start.advanced(by: .seconds(2)))
    }

    @Test("An interruption while draining closes")
    func second() {
        var patience = Patience(until: start)
        _ = patience.interrupt(.cancelled, policy: .cancelAndDrain, drainUntil: start)
        #expect(patience.interrupt(.deadline, policy: .cancelAndDrain, drainUntil: start) == .close)
    }

    @Test("An append is closed, never cancelled")
    func append() {
        var patience = Patience(until: start)
        #expect(patience.interrupt(.deadline, policy: .close, drainUntil: start) == .close)
    }
}
