import EventSourcing
import MusterTesting
import TaskQueue
import Testing

@testable import MusterDispatch

@Suite("A circuit breaker")
struct CircuitBreakerTests {
    private static let start = Timestamp(microseconds: 1_772_352_000_000_000)

    private static func settings(jitter: Double = 0) -> CircuitBreaker.Settings {
        var settings = CircuitBreaker.Settings()
        settings.jitter = jitter
        return settings
    }

    private var random = SeededGenerator(seed: 1)
    private var now = Self.start

    /// A breaker that has just opened.
    private mutating func opened(_ settings: CircuitBreaker.Settings = settings()) -> CircuitBreaker {
        var breaker = CircuitBreaker(settings)
        for number in 1...Int64(settings.failures) {
            _ = breaker.start(TaskNumber(number), at: now)
            _ = breaker.failed(TaskNumber(number), at: now, using: &random)
        }
        return breaker
    }

    /// Waits for the probe's time and lets one fail.
    private mutating func failProbe(_ breaker: inout CircuitBreaker, _ task: Int64 = 1) -> CircuitBreaker.Verdict? {
        guard let open = breaker.open else { return nil }
        now = max(now, open.probeAt)
        guard breaker.start(TaskNumber(task), at: now) else { return nil }
        return breaker.failed(TaskNumber(task), at: now, using: &random)
    }

    @Test("opens after so many failures running, and the last one is the party's")
    mutating func opens() {
        var breaker = CircuitBreaker(Self.settings())
        for number in 1...4 {
            let verdict = breaker.failed(TaskNumber(Int64(number)), at: now, using: &random)
            #expect(verdict == .attempt)
            #expect(breaker.open == nil && breaker.allowance(at: now) == nil)
        }
        let last = breaker.failed(TaskNumber(5), at: now, using: &random)
        #expect(last == .giveBack(after: .zero))
        #expect(breaker.open == Delivery.OpenCircuit(since: now, probeAt: now + .seconds(1)))
        #expect(breaker.allowance(at: now) == 0)
        let isSent = breaker.start(TaskNumber(6), at: now)
        #expect(!isSent)
    }

    @Test("counts from the beginning after any answer")
    mutating func answered() {
        var breaker = CircuitBreaker(Self.settings())
        for _ in 1...20 {
            for number in 1...4 { _ = breaker.failed(TaskNumber(Int64(number)), at: now, using: &random) }
            breaker.answered()
        }
        #expect(breaker.open == nil)
    }

    @Test("lets one task out when its wait is over, and all when that one is answered")
    mutating func probe() {
        var breaker = opened()
        now = now + .seconds(1)
        #expect(breaker.allowance(at: now) == 1)
        let isProbed = breaker.start(TaskNumber(7), at: now)
        #expect(isProbed)
        #expect(breaker.allowance(at: now) == 0)
        let isSent = breaker.start(TaskNumber(8), at: now)
        #expect(!isSent)
        breaker.answered()
        #expect(breaker.open == nil && breaker.allowance(at: now) == nil)
    }

    @Test("waits twice as long after each probe that fails, up to a bound, and knows since when")
    mutating func waits() {
        var breaker = opened()
        var waits: [Duration] = []
        for number in 1...11 {
            let verdict = failProbe(&breaker, Int64(number))
            #expect(verdict == .giveBack(after: .zero))
            waits.append(breaker.open?.probeAt.since(now) ?? .zero)
        }
        #expect(waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map { .seconds($0) })
        #expect(breaker.open?.since == Self.start)
    }

    @Test("spreads its probes by chance, within its share")
    mutating func jitter() {
        var waits: Set<Duration> = []
        for _ in 0..<100 {
            let breaker = opened(Self.settings(jitter: 0.2))
            waits.insert(breaker.open?.probeAt.since(now) ?? .zero)
        }
        #expect(waits.count > 50)
        #expect(waits.allSatisfy { $0 >= .milliseconds(800) && $0 <= .milliseconds(1_200) })
    }

    @Test("takes nothing from failures of tasks that were under way when it opened")
    mutating func stragglers() {
        var breaker = opened()
        let open = breaker.open
        let verdict = breaker.failed(TaskNumber(9), at: now, using: &random)
        #expect(verdict == .giveBack(after: .zero))
        #expect(breaker.open == open)
    }

    @Test("lets a task at which it may be that the receiver breaks stand aside for the next probe")
    mutating func suspect() {
        var breaker = opened()
        for _ in 1...4 {
            let verdict = failProbe(&breaker)
            #expect(verdict == .giveBack(after: .zero))
        }
        let verdict = failProbe(&breaker)
        let wait = breaker.open?.probeAt.since(now) ?? .zero
        #expect(verdict == .giveBack(after: wait))
        // Others are not under suspicion.
        for number in 2...9 {
            let verdict = failProbe(&breaker, Int64(number))
            #expect(verdict == .giveBack(after: .zero))
        }
    }

    @Test("stays open as long as the party says, a moment at least, and then probes")
    mutating func busy() {
        var breaker = CircuitBreaker(Self.settings())
        let verdict = breaker.busy(for: .seconds(777), TaskNumber(1), at: now)
        #expect(verdict == .giveBack(after: .zero))
        // One that was under way says less; the longer wait holds.
        let other = breaker.busy(for: .zero, TaskNumber(2), at: now)
        #expect(other == .giveBack(after: .zero))
        #expect(breaker.open == Delivery.OpenCircuit(since: now, probeAt: now + .seconds(777)))
        now = now + .seconds(777)
        let isProbed = breaker.start(TaskNumber(3), at: now)
        #expect(isProbed)
        _ = breaker.busy(for: .zero, TaskNumber(3), at: now)
        #expect(breaker.open?.probeAt == now + .seconds(1))
    }

    @Test("does not wait for a time that the clock was put back from")
    mutating func clockPutBack() {
        let breaker = opened()
        #expect(breaker.allowance(at: now - .seconds(3_600)) == 1)
    }

    @Test("costs a day of outage some three hundred requests, and no task an attempt")
    mutating func day() {
        var breaker = opened()
        var probes = 0
        while now < Self.start + .seconds(86_400) {
            guard case .giveBack = failProbe(&breaker, Int64(probes % 3)) else {
                Issue.record("an attempt was counted")
                return
            }
            probes += 1
        }
        #expect((280...310).contains(probes))
    }
}
