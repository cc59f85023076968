import Testing

@testable import MusterHistory

@Suite("Distribution")
struct DistributionTests {
    private func seconds(_ values: Int64...) -> Distribution { Distribution(values.map { $0 * 1_000_000 }) }

    @Test("the median of an odd count is the middle value")
    func oddMedian() { #expect(seconds(9, 1, 5).median == .seconds(5)) }

    @Test("the median of an even count is the mean of the middle two")
    func evenMedian() { #expect(seconds(4, 1, 9, 5).median == .milliseconds(4_500)) }

    @Test(
        "a percentile is the nearest rank",
        arguments: [(1, 1), (10, 1), (11, 2), (50, 5), (90, 9), (91, 10), (99, 10), (100, 10)]
    )
    func nearestRank(percent: Int, expected: Int) {
        #expect(seconds(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).percentile(percent) == .seconds(expected))
    }

    @Test("nothing has no median and no percentile")
    func empty() {
        #expect(seconds().median == nil)
        #expect(seconds().percentile(90) == nil)
    }
}
