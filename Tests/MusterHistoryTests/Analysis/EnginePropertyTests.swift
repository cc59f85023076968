import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Analysis against a plain computation", .timeLimit(.minutes(20)))
struct EnginePropertyTests {
    private struct Sample {
        let analysis: HistoryAnalysis
        let naive: NaiveAnalysis
    }

    private func sample(_ seed: UInt64) throws -> Sample {
        var generator = SeededRandom(seed: seed)
        let events = LogTables.random(&generator, events: Int.random(in: 1...400, using: &generator))
        return Sample(analysis: try LogTables.analysis(LogTables.columns(events)), naive: NaiveAnalysis(events))
    }

    /// Whole microseconds are exact; a division of durations is not.
    private func seconds(_ duration: Duration) -> Double { Double(duration.wholeMicroseconds) / 1_000_000 }

    @Test("edges have the same counts and durations", arguments: UInt64(1)...40)
    func graph(seed: UInt64) throws {
        let sample = try sample(seed)
        let names = sample.analysis.activities.map(\.label.name)
        let expected = sample.naive.edges
        #expect(sample.analysis.graph.edges.count == expected.count)
        for edge in sample.analysis.graph.edges {
            let values = try #require(expected[.init(from: names[edge.from], to: names[edge.to])])
            #expect(edge.count == values.count)
            #expect(seconds(edge.durations.p50) * 2 == Double(NaiveAnalysis.twiceMedian(values)))
            for (percent, found) in [(10, edge.durations.p10), (90, edge.durations.p90), (99, edge.durations.p99)] {
                #expect(seconds(found) == Double(NaiveAnalysis.nearestRank(percent, values)))
            }
            #expect(seconds(edge.total) == Double(values.reduce(0, +)))
        }
    }

    @Test("variants have the same cases", arguments: UInt64(1)...40)
    func variants(seed: UInt64) throws {
        let sample = try sample(seed)
        let names = sample.analysis.activities.map(\.label.name)
        let expected = sample.naive.variants
        #expect(sample.analysis.variants.count == expected.count)
        #expect(sample.analysis.variants.singles == expected.values.count { $0 == 1 })
        for variant in sample.analysis.variants.list {
            #expect(expected[variant.activities.map { names[$0] }] == variant.cases)
        }
        #expect(sample.analysis.variants.list.map(\.cases).reduce(0, +) == sample.naive.sequences.count)
    }

    @Test("cases, rework and hand-overs are the same", arguments: UInt64(1)...40)
    func cases(seed: UInt64) throws {
        let sample = try sample(seed)
        let durations = sample.analysis.cases.durations
        let expected = sample.naive.durations
        #expect(durations.count == expected.count)
        #expect(seconds(durations.p50) * 2 == Double(NaiveAnalysis.twiceMedian(expected)))
        #expect(seconds(durations.p99) == Double(NaiveAnalysis.nearestRank(99, expected)))
        #expect(sample.analysis.cases.histogram.map(\.count).reduce(0, +) == expected.count)
        #expect(sample.analysis.rework.cases == sample.naive.repeatedCases)
        let handovers = sample.naive.handovers
        let cells = sample.analysis.handovers?.cells ?? []
        #expect(cells.count == handovers.count)
        for cell in cells {
            let agencies = try #require(sample.analysis.handovers).agencies.map(\.name)
            let values = try #require(handovers[.init(from: agencies[cell.from], to: agencies[cell.to])])
            #expect(cell.count == values.count)
            #expect(seconds(cell.wait.total) == Double(values.reduce(0, +)))
        }
    }

    @Test("one log makes one analysis, whatever the hashes of names are", arguments: UInt64(1)...5)
    func sameAgain(seed: UInt64) throws {
        #expect(try sample(seed).analysis == sample(seed).analysis)
    }

    @Test("ranks are as in a sorted list", arguments: UInt64(1)...60)
    func ranks(seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        let spread = Int64.random(in: 1...1_000, using: &generator)
        var values = (0..<Int.random(in: 1...3_000, using: &generator)).map { _ in
            Int64.random(in: 0..<spread, using: &generator)
        }
        if seed.isMultiple(of: 3) { values.sort() }
        if seed.isMultiple(of: 4) { values.sort(by: >) }
        let summary = DurationSummary(values)
        let found = summary.values
        #expect(found.p10 == NaiveAnalysis.nearestRank(10, values))
        #expect(found.p90 == NaiveAnalysis.nearestRank(90, values))
        #expect(found.p99 == NaiveAnalysis.nearestRank(99, values))
        #expect(found.p50 == NaiveAnalysis.twiceMedian(values) / 2)
        #expect(found.minimum == values.min())
        #expect(found.maximum == values.max())
        #expect(found.total == values.reduce(0, +))
    }

    @Test("names get numbers in the order in which they come, and keep them", arguments: UInt64(1)...10)
    func names(seed: UInt64) {
        var generator = SeededRandom(seed: seed)
        var table = NameTable()
        var order: [String] = []
        for _ in 0..<2_000 {
            let length = Int.random(in: 0...20, using: &generator)
            let name = String((0..<length).map { _ in "abcé汉".randomElement(using: &generator) ?? "a" }.prefix(3))
            let number = Int(table.index(of: name))
            if !order.contains(name) { order.append(name) }
            #expect(order[number] == name)
            #expect(table[Int32(number)] == name)
            #expect(table.known(name) == Int32(number))
        }
        #expect(table.count == order.count)
        #expect(table.known("never") == nil)
    }
}
