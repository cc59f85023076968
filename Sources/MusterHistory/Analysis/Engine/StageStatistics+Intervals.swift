import Records

extension StageStatistics {
    /// Of intervals that the source named.
    init(_ intervals: [IntervalColumn], isChosen: [Bool]?, agencies names: NameTable) {
        var events = [Int](repeating: 0, count: names.count)
        var stages: [Stage] = []
        for interval in intervals {
            var values: [Int64] = []
            var agencies: [Int32] = []
            var limits: [Int64] = []
            var (missing, impossible) = (0, 0)
            for index in interval.durations.indices where isChosen.map({ $0[Int(interval.cases[index])] }) ?? true {
                let duration = interval.durations[index]
                if duration == EventColumns.unknown {
                    missing += 1
                } else if duration < 0 {
                    impossible += 1
                } else {
                    values.append(duration)
                    agencies.append(interval.agencies[index])
                    if interval.agencies[index] >= 0 { events[Int(interval.agencies[index])] += 1 }
                    if !interval.limits.isEmpty { limits.append(interval.limits[index]) }
                }
            }
            let byAgency = GroupedDurations.summaries(of: values, by: agencies, count: names.count)
            let limitOf = Self.limits(values, limits, agencies, count: names.count)
            stages.append(
                Stage(
                    from: interval.from,
                    to: interval.to,
                    all: DurationSummary(values),
                    agencies: Self.list(byAgency, limitOf.byAgency, names),
                    missing: missing,
                    impossible: impossible,
                    limit: limitOf.all
                )
            )
        }
        self.init(list: stages, areNamed: true, agencies: Self.busiest(events, names))
    }

    /// Of the most travelled edges of the graph, when the source names no intervals.
    init(
        _ graph: DirectlyFollowsGraph,
        _ activities: [ActivityStatistics],
        of table: CaseTable,
        agencies names: NameTable
    ) {
        let ways = Self.mainEdges(graph, cases: table.count)
        let order = table.meanPlaces(activities: activities.count)
        let sorted = ways.sorted { a, b in
            (order[a.from], order[a.to], Double(a.from)) < (order[b.from], order[b.to], Double(b.from))
        }
        var events = [Int](repeating: 0, count: names.count)
        for agency in table.agencies where agency >= 0 { events[Int(agency)] += 1 }
        let byEdge = table.waitsByAgency(of: sorted, agencies: names.count)
        let stages = sorted.indices.map { index in
            Stage(
                from: activities[sorted[index].from].label,
                to: activities[sorted[index].to].label,
                all: sorted[index].durations,
                agencies: Self.list(byEdge[index], [:], names),
                missing: 0,
                impossible: 0,
                limit: nil
            )
        }
        self.init(list: stages, areNamed: false, agencies: Self.busiest(events, names))
    }

    /// At most eight edges between different activities, each with at least a twentieth of the cases.
    private static func mainEdges(_ graph: DirectlyFollowsGraph, cases: Int) -> [DirectlyFollowsGraph.Edge] {
        let ways = graph.edges.filter { $0.from != $0.to }
        let common = ways.filter { $0.cases * 20 >= cases }
        return Array((common.isEmpty ? ways : common).prefix(8))
    }

    private static func list(
        _ summaries: [DurationSummary],
        _ limits: [Int: StageLimit],
        _ names: NameTable
    ) -> [ByAgency] {
        let found = summaries.indices.filter { summaries[$0].count > 0 }
            .map { index in
                ByAgency(agency: Label(names[Int32(index)]), durations: summaries[index], limit: limits[index])
            }
        let sorted = found.sorted { (a: ByAgency, b: ByAgency) -> Bool in
            if a.durations.count != b.durations.count { return a.durations.count > b.durations.count }
            return a.agency.name < b.agency.name
        }
        return Array(sorted.prefix(maximumAgencies))
    }

    private static func busiest(_ events: [Int], _ names: NameTable) -> [Label] {
        let found = events.indices.filter { events[$0] > 0 }.map { (events: events[$0], name: names[Int32($0)]) }
        let sorted = found.sorted { $0.events == $1.events ? $0.name < $1.name : $0.events > $1.events }
        return sorted.prefix(maximumAgencies).map { Label($0.name) }
    }

    private static func limits(
        _ values: [Int64],
        _ limits: [Int64],
        _ agencies: [Int32],
        count: Int
    ) -> (all: StageLimit?, byAgency: [Int: StageLimit]) {
        guard !limits.isEmpty else { return (nil, [:]) }
        func limit(_ indices: [Int]) -> StageLimit? {
            let known = indices.filter { limits[$0] != EventColumns.unknown }
            guard !known.isEmpty else { return nil }
            return StageLimit(
                median: DurationSummary(known.map { limits[$0] }).values.p50,
                overruns: known.count { values[$0] > limits[$0] },
                count: known.count
            )
        }
        var byAgency: [Int: [Int]] = [:]
        for index in values.indices where agencies[index] >= 0 {
            byAgency[Int(agencies[index]), default: []].append(index)
        }
        return (limit(Array(values.indices)), byAgency.compactMapValues(limit))
    }
}

extension CaseTable {
    /// Where in a case each activity stands on average: 0 at its beginning, 1 at its end.
    func meanPlaces(activities count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        var counts = [Int](repeating: 0, count: count)
        for index in 0..<self.count {
            let range = range(index)
            let last = Double(max(range.count - 1, 1))
            for (place, event) in range.enumerated() {
                sums[Int(activities[event])] += Double(place) / last
                counts[Int(activities[event])] += 1
            }
        }
        return sums.indices.map { counts[$0] == 0 ? 1 : sums[$0] / Double(counts[$0]) }
    }

    /// For each edge and each agency that acted next, how long it was waited for.
    func waitsByAgency(of edges: [DirectlyFollowsGraph.Edge], agencies count: Int) -> [[DurationSummary]] {
        guard !agencies.isEmpty, count > 0 else { return edges.map { _ in [] } }
        var numbers: [Int: Int] = [:]
        for (number, edge) in edges.enumerated() { numbers[edge.from << 32 | edge.to] = number }
        var groups: [Int32] = []
        var values: [Int64] = []
        for index in 0..<self.count {
            for event in range(index).dropFirst() where agencies[event] >= 0 {
                let key = Int(activities[event - 1]) << 32 | Int(activities[event])
                guard let number = numbers[key] else { continue }
                groups.append(Int32(number * count) + agencies[event])
                values.append(wait(event))
            }
        }
        let all = GroupedDurations.summaries(of: values, by: groups, count: edges.count * count)
        return edges.indices.map { Array(all[($0 * count)..<(($0 + 1) * count)]) }
    }
}

extension Bottleneck {
    /// The named stages ranked by all the time they took. Stages that others lie inside of are left out, so that no time
    /// is counted twice.
    static func list(_ stages: StageStatistics, order: [String]) -> [Bottleneck] {
        func place(_ label: Label) -> Int { order.firstIndex(of: label.name) ?? -1 }
        let elementary = stages.list.filter { stage in
            let range = place(stage.from)...max(place(stage.from), place(stage.to))
            return stage.all.count > 0
                && !stages.list.contains { other in
                    other.words != stage.words && range.contains(place(other.from)) && range.contains(place(other.to))
                }
        }
        let all = elementary.reduce(0.0) { $0 + Double($1.all.values.total) }
        guard all > 0 else { return [] }
        return elementary.sorted { $0.all.values.total > $1.all.values.total }.map { stage in
            Bottleneck(
                from: stage.from,
                to: stage.to,
                durations: stage.all,
                share: Double(stage.all.values.total) / all,
                waitedFor: stage.agencies.sorted { $0.durations.values.total > $1.durations.values.total }.prefix(5)
                    .map { WaitedFor(agency: $0.agency, wait: $0.durations) }
            )
        }
    }
}
