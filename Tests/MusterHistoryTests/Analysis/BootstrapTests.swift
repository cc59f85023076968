import Records
import Testing

@testable import MusterHistory

@Suite("Bootstrap")
struct BootstrapTests {
    /// Draws every value one by one.
    private func plainMedians(_ values: [Int64], resamples: Int, seed: UInt64) -> [Double] {
        var generator = SeededRandom(seed: seed)
        return (0..<resamples).map { _ in
            let drawn = values.map { _ in values[Int.random(in: 0..<values.count, using: &generator)] }.sorted()
            return Double(drawn[(drawn.count + 1) / 2 - 1])
        }
    }

    private func quantile(_ share: Double, _ values: [Double]) -> Double {
        values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
    }

    @Test("ranks that are drawn at once spread as those of values drawn one by one", arguments: [9, 40, 201])
    func ranks(count: Int) {
        let values = (0..<count).map { Int64($0 * $0) }
        var bootstrap = Bootstrap(seed: 1)
        let drawn = (0..<20_000).map { _ in
            Double(values[bootstrap.index(ofRank: (count + 1) / 2, of: count)])
        }
        let plain = plainMedians(values, resamples: 20_000, seed: 2)
        let whole = Double(values[count - 1])
        for share in [0.025, 0.25, 0.5, 0.75, 0.975] {
            #expect(abs(quantile(share, drawn) - quantile(share, plain)) <= whole * 0.03)
        }
    }

    @Test(
        "hits have the mean and the spread of a binomial distribution",
        arguments: [(10, 0.3), (500, 0.9), (5_000, 0.02)]
    )
    func hits(count: Int, share: Double) {
        var bootstrap = Bootstrap(seed: 3)
        let drawn = (0..<20_000).map { _ in Double(bootstrap.hits(share: share, of: count)) }
        let mean = drawn.reduce(0, +) / 20_000
        let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        let expected = Double(count) * share * (1 - share)
        #expect(abs(mean - Double(count) * share) < 4 * (expected / 20_000).squareRoot())
        #expect(abs(variance / expected - 1) < 0.06)
    }

    private func comparison(_ left: ClosedRange<Int64>, _ right: ClosedRange<Int64>, seed: UInt64) throws -> Comparison
    {
        var generator = SeededRandom(seed: seed)
        var events: [LogTables.Event] = []
        for number in 0..<400 {
            let isLeft = number < 200
            let start = Int64(isLeft ? 0 : 1_000_000) + Int64(number)
            let length = Int64.random(in: isLeft ? left : right, using: &generator)
            events.append(.init(caseID: "\(number)", activity: "a", time: start))
            events.append(.init(caseID: "\(number)", activity: "b", time: start + length))
        }
        return try #require(
            try LogTables.analysis(LogTables.columns(events)) { context in
                context.sides = [
                    (words: Words("early", zh: "早"), isIn: (0..<400).map { $0 < 200 }),
                    (words: Words("late", zh: "晚"), isIn: (0..<400).map { $0 >= 200 }),
                ]
            }.comparison
        )
    }

    @Test("a real difference is clear")
    func difference() throws {
        let median = try #require(try comparison(100...200, 300...400, seed: 4).measures.first)
        #expect(median.isClear)
        #expect(median.difference > 150)
        #expect(median.low <= median.difference && median.difference <= median.high)
        #expect(median.leftCount == 200)
    }

    @Test("two halves of one kind differ by no more than chance")
    func noise() throws {
        let clear = try (UInt64(1)...20).map { try comparison(100...200, 100...200, seed: $0).measures.first?.isClear }
        #expect(clear.count { $0 == true } <= 4)
    }

    @Test("the same cases give the same intervals")
    func seeded() throws {
        #expect(try comparison(1...9, 2...8, seed: 5) == comparison(1...9, 2...8, seed: 5))
    }
}
