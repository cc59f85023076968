import Records

/// The cases of one side of a comparison, as the measures need them.
struct ComparisonSide {
    /// Microseconds, ascending.
    let durations: [Int64]
    let repeated: Int
    let cases: Int
    /// Agencies from hand to hand, for each case.
    let handovers: (mean: Double, deviation: Double)
    let onTime: OnTimeStatistics.Tally?
    /// Microseconds, ascending, for each stage.
    let stages: [[Int64]]

    init(_ table: CaseTable, _ stages: [[Int64]], _ onTime: OnTimeStatistics.Tally?, repeated: Int) {
        durations = (0..<table.count).map(table.duration).sorted()
        self.repeated = repeated
        cases = table.count
        handovers = Self.handovers(table)
        self.onTime = onTime
        self.stages = stages.map { $0.sorted() }
    }

    private static func handovers(_ table: CaseTable) -> (mean: Double, deviation: Double) {
        guard !table.agencies.isEmpty, table.count > 0 else { return (0, 0) }
        var (sum, squares) = (0.0, 0.0)
        for index in 0..<table.count {
            var count = 0.0
            for event in table.range(index).dropFirst()
            where table.agencies[event] >= 0 && table.agencies[event - 1] >= 0
                && table.agencies[event] != table.agencies[event - 1]
            { count += 1 }
            sum += count
            squares += count * count
        }
        let mean = sum / Double(table.count)
        return (mean, max(0, squares / Double(table.count) - mean * mean).squareRoot())
    }
}

extension Comparison {
    static let standardResamples = 2_000
    /// Fixed, so that the same log gives the same intervals.
    static let standardSeed: UInt64 = 20_200_407

    init(
        _ left: (words: Words, side: ComparisonSide),
        _ right: (words: Words, side: ComparisonSide),
        stages: [Words],
        resamples: Int = Comparison.standardResamples,
        seed: UInt64 = Comparison.standardSeed
    ) {
        var drawer = MeasureDrawer(resamples: resamples, seed: seed)
        let (a, b) = (left.side, right.side)
        var measures: [Measure?] = [
            drawer.quantile(50, a.durations, b.durations, Words("case, median", zh: "案件总时长，中位数"), "case-p50"),
            drawer.quantile(90, a.durations, b.durations, Words("case, p90", zh: "案件总时长，p90"), "case-p90"),
        ]
        if let x = a.onTime, let y = b.onTime {
            measures.append(
                drawer.share(
                    (x.inTime, x.closed + x.overdueOpen),
                    (y.inTime, y.closed + y.overdueOpen),
                    Words("on time, honestly counted", zh: "按时率（含逾期未结）"),
                    "on-time"
                )
            )
        }
        measures.append(
            drawer.share(
                (a.repeated, a.cases),
                (b.repeated, b.cases),
                Words("cases with repeated work", zh: "有重复环节的案件"),
                "rework"
            )
        )
        if a.handovers.mean > 0 || b.handovers.mean > 0 {
            measures.append(
                drawer.mean(
                    (a.handovers, a.cases),
                    (b.handovers, b.cases),
                    Words("hand-overs a case", zh: "每案移交次数"),
                    "handovers"
                )
            )
        }
        for index in stages.indices {
            for percent in [50, 90] {
                let (en, zh) = percent == 50 ? ("median", "中位数") : ("p90", "p90")
                measures.append(
                    drawer.quantile(
                        percent,
                        a.stages[index],
                        b.stages[index],
                        Words("\(stages[index].en), \(en)", zh: "\(stages[index].zh)，\(zh)"),
                        "\(stages[index].en) p\(percent)"
                    )
                )
            }
        }
        self.init(
            left: left.words,
            right: right.words,
            leftCases: a.cases,
            rightCases: b.cases,
            measures: measures.compactMap(\.self),
            resamples: resamples,
            seed: seed
        )
    }
}

/// Makes measures, each with the interval of its difference.
private struct MeasureDrawer {
    let resamples: Int
    private var bootstrap: Bootstrap

    init(resamples: Int, seed: UInt64) {
        self.resamples = resamples
        bootstrap = Bootstrap(seed: seed)
    }

    /// Nil when a side has none.
    mutating func quantile(
        _ percent: Int,
        _ left: [Int64],
        _ right: [Int64],
        _ words: Words,
        _ name: String
    ) -> Comparison.Measure? {
        guard !left.isEmpty, !right.isEmpty else { return nil }
        func rank(_ values: [Int64]) -> Int { max(1, (percent * values.count + 99) / 100) }
        var differences: [Double] = []
        for _ in 0..<resamples {
            let a = left[bootstrap.index(ofRank: rank(left), of: left.count)]
            let b = right[bootstrap.index(ofRank: rank(right), of: right.count)]
            differences.append(Double(b - a) / 1_000_000)
        }
        func value(_ values: [Int64]) -> Double {
            let summary = DurationSummary(values).values
            return Double(percent == 50 ? summary.p50 : values[rank(values) - 1]) / 1_000_000
        }
        return measure((value(left), left.count), (value(right), right.count), differences, words, name, .seconds)
    }

    mutating func share(
        _ left: (hits: Int, of: Int),
        _ right: (hits: Int, of: Int),
        _ words: Words,
        _ name: String
    ) -> Comparison.Measure? {
        guard left.of > 0, right.of > 0 else { return nil }
        let (a, b) = (Double(left.hits) / Double(left.of), Double(right.hits) / Double(right.of))
        let differences = (0..<resamples).map { _ in
            Double(bootstrap.hits(share: b, of: right.of)) / Double(right.of)
                - Double(bootstrap.hits(share: a, of: left.of)) / Double(left.of)
        }
        return measure((a, left.of), (b, right.of), differences, words, name, .share)
    }

    mutating func mean(
        _ left: ((mean: Double, deviation: Double), Int),
        _ right: ((mean: Double, deviation: Double), Int),
        _ words: Words,
        _ name: String
    ) -> Comparison.Measure? {
        guard left.1 > 0, right.1 > 0 else { return nil }
        let differences = (0..<resamples).map { _ in
            bootstrap.mean(right.0.mean, deviation: right.0.deviation, of: right.1)
                - bootstrap.mean(left.0.mean, deviation: left.0.deviation, of: left.1)
        }
        return measure((left.0.mean, left.1), (right.0.mean, right.1), differences, words, name, .number)
    }

    private func measure(
        _ left: (value: Double, count: Int),
        _ right: (value: Double, count: Int),
        _ differences: [Double],
        _ words: Words,
        _ name: String,
        _ unit: Comparison.Unit
    ) -> Comparison.Measure {
        let sorted = differences.sorted()
        func percentile(_ thousandths: Int) -> Double {
            sorted.isEmpty ? 0 : sorted[max(1, (thousandths * sorted.count + 999) / 1_000) - 1]
        }
        return Comparison.Measure(
            label: Label(name, words: words),
            unit: unit,
            left: left.value,
            right: right.value,
            difference: right.value - left.value,
            low: percentile(25),
            high: percentile(975),
            leftCount: left.count,
            rightCount: right.count
        )
    }
}
