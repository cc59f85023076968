import EventSourcing
import Testing

@testable import TaskQueue

@Suite("The database's clock, as a dispatcher has it")
struct ServerClockTests {
    private let read = Timestamp(microseconds: 1_700_000_000_000_000)

    @Test("goes on from half-way between question and answer")
    func goesOn() {
        var clock = ServerClock(read, asked: ContinuousClock.now - .seconds(7_200))
        let (first, second) = (clock.now(), clock.now())
        #expect(first >= read + .seconds(3_600))
        #expect(first < read + .seconds(7_200))
        #expect(second >= first)
    }

    @Test("goes forward to what the database has shown, and never back")
    func advances() {
        var clock = ServerClock(read, asked: .now)
        let shown = read + .seconds(3_600)
        clock.advance(to: shown)
        let now = clock.now()
        #expect(now == shown)
        clock.advance(to: read)
        clock.set(read, asked: .now)
        let later = clock.now()
        #expect(later == shown)
    }

    @Test("goes on from a reading beyond that")
    func readsOn() {
        var clock = ServerClock(read, asked: .now)
        clock.advance(to: read + .seconds(3_600))
        let next = read + .seconds(7_200)
        clock.set(next, asked: .now)
        let now = clock.now()
        #expect(now >= next)
    }
}
