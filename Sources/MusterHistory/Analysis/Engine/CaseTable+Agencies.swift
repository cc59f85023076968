import Records

extension CaseTable {
    /// Who handed over to whom; nil when no event names an agency.
    func handovers(_ names: NameTable) -> HandoverStatistics? {
        guard !agencies.isEmpty else { return nil }
        var events = [Int](repeating: 0, count: names.count)
        for agency in agencies where agency >= 0 { events[Int(agency)] += 1 }
        let order = events.indices.filter { events[$0] > 0 }
            .map { (index: $0, name: names[Int32($0)]) }
            .sorted { a, b in events[a.index] == events[b.index] ? a.name < b.name : events[a.index] > events[b.index] }
        guard !order.isEmpty else { return nil }
        let listed = order.prefix(HandoverStatistics.maximumAgencies)
        var numbers = [Int32](repeating: Int32(listed.count), count: names.count)
        for (number, agency) in listed.enumerated() { numbers[agency.index] = Int32(number) }
        var labels = listed.map { Label($0.name) }
        if order.count > listed.count {
            let rest = order.count - listed.count
            labels.append(Label("…", words: Words("\(rest) others", zh: "其他 \(rest) 个")))
        }

        var walk = HandoverWalk(width: labels.count)
        for index in 0..<count {
            var last = -1
            for event in range(index) where agencies[event] >= 0 {
                let agency = agencies[event]
                // Only neighbours wait for each other; what lies between them may be nobody's.
                if last >= 0, last == event - 1 {
                    walk.take(
                        numbers[Int(agencies[last])],
                        numbers[Int(agency)],
                        isHandover: agencies[last] != agency,
                        times[event] - times[last]
                    )
                }
                last = event
            }
        }
        return walk.statistics(labels, casesOfSeveral: casesOfSeveralAgencies)
    }

    var casesOfSeveralAgencies: Int {
        guard !agencies.isEmpty else { return 0 }
        return (0..<count).count { index in
            var first: Int32 = -1
            for event in range(index) where agencies[event] >= 0 {
                if first < 0 { first = agencies[event] } else if agencies[event] != first { return true }
            }
            return false
        }
    }

    /// Edges ranked by all the time that was waited on them, with whom it was waited for.
    ///
    /// - Parameter graph: of this table; where the log says when work began, only the waits of it are taken.
    func bottlenecks(_ graph: DirectlyFollowsGraph, _ labels: [Label], _ names: NameTable) -> [Bottleneck] {
        let graph = begins.isEmpty ? graph : self.graph(labels, waitsAlone: true).graph
        let all = graph.edges.reduce(0.0) { $0 + Double($1.durations.values.total) }
        guard all > 0 else { return [] }
        let edges = graph.edges.sorted { a, b in
            let (x, y) = (a.durations.values.total, b.durations.values.total)
            return x == y ? (a.from, a.to) < (b.from, b.to) : x > y
        }.prefix(20).filter { $0.durations.values.total > 0 }
        let byAgency = waitsByAgency(of: edges, agencies: names.count)
        return edges.indices.map { index in
            let edge = edges[index]
            let waited = byAgency[index].enumerated().filter { $0.element.count > 0 }
                .map { Bottleneck.WaitedFor(agency: Label(names[Int32($0.offset)]), wait: $0.element) }
                .sorted { a, b in
                    let (x, y) = (a.wait.values.total, b.wait.values.total)
                    return x == y ? a.agency.name < b.agency.name : x > y
                }
            return Bottleneck(
                from: labels[edge.from],
                to: labels[edge.to],
                durations: edge.durations,
                share: Double(edge.durations.values.total) / all,
                waitedFor: Array(waited.prefix(5))
            )
        }
    }

    /// Nil when no event says when its work began.
    func work() -> WorkStatistics? {
        guard !begins.isEmpty else { return nil }
        var (working, waiting): ([Int64], [Int64]) = ([], [])
        for index in 0..<count {
            var last = EventColumns.unknown
            for event in range(index) {
                let begin = begins[event]
                if begin != EventColumns.unknown, begin <= times[event] {
                    working.append(times[event] - begin)
                    if last != EventColumns.unknown { waiting.append(max(0, begin - last)) }
                }
                last = max(last, times[event])
            }
        }
        guard !working.isEmpty else { return nil }
        return WorkStatistics(
            events: working.count,
            working: DurationSummary(working),
            waiting: DurationSummary(waiting)
        )
    }
}

/// Gathers pairs of agencies while cases pass by.
private struct HandoverWalk {
    private let width: Int
    private var groups: [Int32] = []
    private var values: [Int64] = []
    private var waits: [Int64] = []

    init(width: Int) { self.width = width }

    mutating func take(_ from: Int32, _ to: Int32, isHandover: Bool, _ wait: Int64) {
        groups.append(from * Int32(width) + to)
        values.append(wait)
        if isHandover { waits.append(wait) }
    }

    func statistics(_ labels: [Label], casesOfSeveral: Int) -> HandoverStatistics {
        let summaries = GroupedDurations.summaries(of: values, by: groups, count: width * width)
        let cells = summaries.indices.filter { summaries[$0].count > 0 }
            .map { index in
                HandoverStatistics.Cell(
                    from: index / width,
                    to: index % width,
                    count: summaries[index].count,
                    wait: summaries[index]
                )
            }
            .sorted { a, b in
                let (x, y) = (a.wait.values.total, b.wait.values.total)
                return x == y ? (a.from, a.to) < (b.from, b.to) : x > y
            }
        return HandoverStatistics(
            agencies: labels,
            cells: cells,
            handovers: waits.count,
            casesOfSeveral: casesOfSeveral,
            wait: DurationSummary(waits)
        )
    }
}
