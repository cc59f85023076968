import EventSourcing
import Records

@testable import MusterHistory

extension SampleAnalyses {
    /// Names that want to be markup, never end, are Chinese, are nothing, or hold what XML does not allow.
    static let hostileNames = [
        "</text><script>alert(1)</script>", "\" onload=\"x", "a\u{0}b\u{1B}[31m\u{202E}txt", "", "   ",
        String(repeating: "very long name of one activity ", count: 40), String(repeating: "特别长的活动名称", count: 30),
        "]]>", "&amp;&#0;", "Z" + String(repeating: "\u{301}", count: 3_000), "line\nbreak\ttab", "👩‍👩‍👧‍👦 family",
        String(repeating: "W", count: 400),
    ]

    /// A log of these activities: each case goes through some of them, with returns and repeats. The same numbers each
    /// time.
    static func log(of names: [String], cases: Int = 400) throws -> HistoryAnalysis {
        var analysis = try empty()
        var state: UInt64 = 42
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, limit)
        }
        var ways: [[Int]: Int] = [:]
        for _ in 0..<cases {
            var way: [Int] = []
            var activity = random(3)
            while way.count < 30, activity < names.count {
                way.append(activity)
                let turn = random(20)
                activity +=
                    turn < 13 ? 1 : turn < 15 ? 2 : turn == 15 ? 0 : turn == 16 ? -min(activity, 2) : 1 + random(9)
                if way.count > 4, random(12) == 0 { break }
            }
            if way.isEmpty { way = [0] }
            ways[way, default: 0] += 1
        }
        let list = ways.sorted { ($0.value, $1.key.lexical) > ($1.value, $0.key.lexical) }
        var counts = [Int](repeating: 0, count: names.count)
        var edges: [[Int]: Int] = [:]
        for (way, cases) in list {
            for activity in way { counts[activity] += cases }
            for (from, to) in zip(way, way.dropFirst()) { edges[[from, to], default: 0] += cases }
        }
        analysis.counts.events = counts.reduce(0, +)
        analysis.counts.eventsBeforeFilters = analysis.counts.events
        analysis.counts.cases = cases
        analysis.counts.activities = names.count
        analysis.counts.variants = list.count
        analysis.span = Timestamp(microseconds: 1_500_000_000_000_000)...Timestamp(microseconds: 1_504_000_000_000_000)
        analysis.activities = names.indices.map { index in
            ActivityStatistics(
                label: Label(names[index]),
                count: counts[index],
                cases: counts[index],
                starts: list.reduce(0) { $0 + ($1.key.first == index ? $1.value : 0) },
                ends: list.reduce(0) { $0 + ($1.key.last == index ? $1.value : 0) },
                before: durations(Double(3 + index), counts[index]),
                working: nil
            )
        }
        analysis.graph = DirectlyFollowsGraph(
            edges: edges.sorted { ($0.value, $1.key.lexical) > ($1.value, $0.key.lexical) }.map { way, count in
                DirectlyFollowsGraph.Edge(
                    from: way[0],
                    to: way[1],
                    count: count,
                    cases: count,
                    durations: durations(Double(1 + (way[0] * 977 + way[1] * 331) % 5_000), count)
                )
            }
        )
        analysis.variants = VariantStatistics(
            count: list.count,
            singles: list.filter { $0.value == 1 }.count,
            cases: cases,
            list: list.prefix(VariantStatistics.maximumListed).map {
                VariantStatistics.Variant(
                    activities: $0.key,
                    cases: $0.value,
                    durations: durations(90, $0.value),
                    example: "1"
                )
            }
        )
        analysis.cases.durations = durations(120, cases)
        return analysis
    }
}

extension [Int] {
    fileprivate var lexical: String { map { String(10_000 + $0) }.joined() }
}
