import Testing

@testable import Postgres

@Suite("Pool state")
struct PoolStateTests {
    private typealias State = PoolState<Int>

    private func waiter(_ number: UInt64) -> State.WaiterID { State.WaiterID(number: number) }

    /// A pool of one place, which is taken.
    private func busyPool(waitLimit: Int = 2) -> State {
        var state = State(size: 1, waitLimit: waitLimit)
        _ = state.request(waiter(100))
        return state
    }

    private func isWaiting(_ request: State.Request) -> Bool {
        if case .wait = request { true } else { false }
    }

    private func connection(_ grant: State.Grant?) -> Int? {
        if case .connection(let connection) = grant { connection } else { nil }
    }

    @Test("A free place is leave to open a connection")
    func open() {
        var state = State(size: 1, waitLimit: 0)
        guard case .granted(.open) = state.request(waiter(1)) else {
            Issue.record("not granted")
            return
        }
        #expect(state.inUse == 1)
    }

    @Test("An idle connection is used before another is opened")
    func idleFirst() {
        var state = State(size: 2, waitLimit: 0)
        _ = state.request(waiter(1))
        _ = state.giveBack(7)
        guard case .granted(.connection(7)) = state.request(waiter(2)) else {
            Issue.record("not granted")
            return
        }
        #expect(state.idleCount == 0)
    }

    @Test("Waiters are served in order")
    func order() {
        var state = busyPool()
        #expect(isWaiting(state.request(waiter(1))))
        #expect(isWaiting(state.request(waiter(2))))
        guard case .kept(wake: waiter(1)) = state.giveBack(7) else {
            Issue.record("the first waiter was not woken")
            return
        }
        #expect(connection(state.conclude(waiter(1))) == 7)
    }

    @Test("A full queue refuses")
    func full() {
        var state = busyPool(waitLimit: 1)
        _ = state.request(waiter(1))
        guard case .full = state.request(waiter(2)) else {
            Issue.record("not refused")
            return
        }
    }

    @Test("A waiter that gave up is passed over")
    func gaveUp() {
        var state = busyPool()
        _ = state.request(waiter(1))
        _ = state.request(waiter(2))
        #expect(connection(state.conclude(waiter(1))) == nil)
        guard case .kept(wake: waiter(2)) = state.giveBack(7) else {
            Issue.record("the second waiter was not woken")
            return
        }
    }

    @Test("A lost connection gives its place to the next waiter")
    func lost() {
        var state = busyPool()
        _ = state.request(waiter(1))
        #expect(state.lose() == waiter(1))
        guard case .open = state.conclude(waiter(1)) else {
            Issue.record("no leave to open")
            return
        }
        #expect(state.inUse == 1)
    }

    @Test("A late request does not overtake those who wait")
    func noOvertaking() {
        var state = State(size: 2, waitLimit: 5)
        _ = state.request(waiter(100))
        _ = state.request(waiter(101))
        _ = state.request(waiter(1))
        _ = state.giveBack(7)
        #expect(isWaiting(state.request(waiter(2))))
    }

    @Test("A closed pool refuses, and closes what comes back")
    func closed() {
        var state = busyPool()
        _ = state.request(waiter(1))
        #expect(state.close().waiters == [waiter(1)])
        guard case .closed = state.request(waiter(2)), case .close = state.giveBack(7) else {
            Issue.record("still open")
            return
        }
        #expect(state.inUse == 0)
    }
}
