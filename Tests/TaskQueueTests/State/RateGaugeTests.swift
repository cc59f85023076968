import EventSourcing
import MusterTesting
import Testing

@testable import TaskQueue

@Suite("A rate", .timeLimit(roundsWithin: 20), .namesSeed)
struct RateGaugeTests {
    private static func at(_ microseconds: Int64) -> Timestamp {
        Timestamp(microseconds: 1_800_000_000_000_000 + microseconds)
    }

    @Test("is never exceeded in any stretch of time, and used up to its end")
    func stretches() async throws {
        try await Rounds.run("rate gauge", count: 3, share: 0.05) { seed in
            for number in 0..<300 {
                let seed = seed &* 1_000 &+ UInt64(number)
                var random = SeededGenerator(seed: seed)
                let rate = try #require(
                    Rate(
                        tasks: Int32.random(in: 1...5_000, using: &random),
                        seconds: Int32.random(in: 1...20, using: &random),
                        burst: Int32.random(in: 1...6, using: &random)
                    )
                )
                var gauge = RateGauge(rate)
                var starts: [Int64] = []
                var now: Int64 = 0
                while starts.count < 80 {
                    now += Int64.random(in: 0...2_000_000, using: &random) / Int64(rate.tasks)
                    if let next = gauge.nextStart(at: Self.at(now)) {
                        #expect(next > Self.at(now))
                        let before = Timestamp(microseconds: next.microseconds - 1)
                        #expect(gauge.allowance(at: before) == 0 && gauge.allowance(at: next) >= 1)
                        if Bool.random(using: &random) { now = next.microseconds - Self.at(0).microseconds }
                    }
                    let amount = min(gauge.allowance(at: Self.at(now)), Int.random(in: 0...8, using: &random))
                    gauge.start(amount, at: Self.at(now))
                    starts += Array(repeating: now, count: amount)
                }
                for first in starts.indices {
                    for last in first..<starts.count {
                        let allowed =
                            Int64(rate.burst) * Int64(rate.seconds) * 1_000_000
                            + (starts[last] - starts[first]) * Int64(rate.tasks)
                        #expect(Int64(last - first + 1) * Int64(rate.seconds) * 1_000_000 <= allowed, "seed \(seed)")
                    }
                }
            }
        }
    }

    @Test("lets nobody wait for what was allowed before it was changed")
    func changed() throws {
        let generous = try #require(Rate(tasks: 1_000, seconds: 1, burst: 1_000))
        let strict = try #require(Rate(tasks: 1, seconds: 3_600, burst: 2))
        var gauge = RateGauge(strict)
        gauge.start(2, at: Self.at(0))
        gauge.change(to: generous, at: Self.at(0))
        #expect(gauge.allowance(at: Self.at(1_000_000)) == 1_000)
        // As a new dispatcher sees it: all starts of before, under the rate that holds now.
        gauge = RateGauge(strict)
        for second in 0..<100 { gauge.start(1_000, at: Self.at(Int64(second) * 1_000_000), in: Int64(second + 1)) }
        #expect(gauge.nextStart(at: Self.at(100_000_000)) == Self.at(99_000_000 + 3_600_000_000))
    }

    @Test("is kept by whoever takes over, and what was written down is not counted twice")
    func restored() throws {
        let rate = try #require(Rate(tasks: 1, seconds: 10, burst: 3))
        var gauge = RateGauge(rate)
        gauge.start(2, at: Self.at(0))
        var other = RateGauge(rate)
        other.restore(StoredGauge(agency: "fire", kind: nil, fullAt: gauge.fullAt, step: 7), at: Self.at(0))
        for step in 6...8 { other.start(1, at: Self.at(0), in: Int64(step)) }
        #expect(other.allowance(at: Self.at(0)) == 0)
        #expect(other.allowance(at: Self.at(10_000_000)) == 1)
    }

    @Test("has bounds that no arithmetic breaks")
    func bounds() throws {
        for rate in [Rate(tasks: 1, seconds: .max, burst: .max), Rate(tasks: .max, seconds: 1, burst: .max)] {
            var gauge = RateGauge(rate)
            for _ in 0..<100 { gauge.start(.max, at: Self.at(0)) }
            #expect(gauge.allowance(at: Self.at(0)) == 0)
            #expect(try #require(gauge.nextStart(at: Self.at(0))) > Self.at(0))
        }
    }
}
