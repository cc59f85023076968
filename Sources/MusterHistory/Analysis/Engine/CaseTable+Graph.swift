extension CaseTable {
    /// Activities, and which follows which directly.
    ///
    /// - Parameters:
    ///   - labels: of the activities, by number.
    ///   - waitsAlone: whether the time between two events ends when work on the second began, where that is known.
    func graph(
        _ labels: [Label],
        waitsAlone: Bool = false
    ) -> (activities: [ActivityStatistics], graph: DirectlyFollowsGraph) {
        var edges = EdgeNumbers(activities: labels.count)
        var steps = StepCounts(activities: labels.count)
        var numbers = [Int32](repeating: -1, count: eventCount)
        var gaps = [Int64](repeating: 0, count: eventCount)
        var lastCases: [Int32] = []
        var edgeCases: [Int] = []
        for index in 0..<count {
            let range = range(index)
            steps.starts[Int(activities[range.lowerBound])] += 1
            steps.ends[Int(activities[range.upperBound - 1])] += 1
            steps.take(activities[range.lowerBound], index)
            for event in range.dropFirst() {
                let (from, to) = (activities[event - 1], activities[event])
                steps.take(to, index)
                let edge = edges.number(from, to)
                if Int(edge) == edgeCases.count {
                    edgeCases.append(0)
                    lastCases.append(-1)
                }
                if lastCases[Int(edge)] != Int32(truncatingIfNeeded: index) {
                    lastCases[Int(edge)] = Int32(truncatingIfNeeded: index)
                    edgeCases[Int(edge)] += 1
                }
                numbers[event] = edge
                gaps[event] = waitsAlone ? wait(event) : times[event] - times[event - 1]
            }
        }
        let durations = GroupedDurations.summaries(of: gaps, by: numbers, count: edges.pairs.count)
        for event in numbers.indices where numbers[event] >= 0 { numbers[event] = activities[event] }
        let before = GroupedDurations.summaries(of: gaps, by: numbers, count: labels.count)
        let working = workingTimes(activities: labels.count)
        let statistics = labels.indices.map { index in
            ActivityStatistics(
                label: labels[index],
                count: steps.counts[index],
                cases: steps.cases[index],
                starts: steps.starts[index],
                ends: steps.ends[index],
                before: before[index],
                working: working?[index]
            )
        }
        let list = edges.pairs.indices.map { edge in
            DirectlyFollowsGraph.Edge(
                from: Int(edges.pairs[edge].from),
                to: Int(edges.pairs[edge].to),
                count: durations[edge].count,
                cases: edgeCases[edge],
                durations: durations[edge]
            )
        }
        let sorted = list.sorted { a, b in a.count == b.count ? (a.from, a.to) < (b.from, b.to) : a.count > b.count }
        return (statistics, DirectlyFollowsGraph(edges: sorted))
    }

    /// From the event before to the begin of this one, or to the event itself where its begin is not known.
    func wait(_ event: Int) -> Int64 {
        guard !begins.isEmpty, begins[event] != EventColumns.unknown else { return times[event] - times[event - 1] }
        return min(max(0, begins[event] - times[event - 1]), times[event] - times[event - 1])
    }

    /// From begin to end, by activity; nil when no begin is known.
    private func workingTimes(activities count: Int) -> [DurationSummary]? {
        guard !begins.isEmpty else { return nil }
        var groups = activities
        var values = [Int64](repeating: 0, count: eventCount)
        for event in begins.indices {
            if begins[event] == EventColumns.unknown || begins[event] > times[event] {
                groups[event] = -1
            } else {
                values[event] = times[event] - begins[event]
            }
        }
        return GroupedDurations.summaries(of: values, by: groups, count: count)
    }
}

/// Counts of activities while cases pass by, one after the other.
private struct StepCounts {
    var counts: [Int]
    var cases: [Int]
    var starts: [Int]
    var ends: [Int]
    private var lastCase: [Int32]

    init(activities: Int) {
        counts = Array(repeating: 0, count: activities)
        cases = counts
        starts = counts
        ends = counts
        lastCase = Array(repeating: -1, count: activities)
    }

    mutating func take(_ activity: Int32, _ index: Int) {
        let activity = Int(activity)
        counts[activity] += 1
        guard lastCase[activity] != Int32(truncatingIfNeeded: index) else { return }
        lastCase[activity] = Int32(truncatingIfNeeded: index)
        cases[activity] += 1
    }
}

/// Pairs as small numbers, from 0 in the order in which they first came.
struct EdgeNumbers {
    /// Up to so many activities a table of all pairs is looked up, beyond it a dictionary.
    private static let maximumTable = 1_500

    private(set) var pairs: [(from: Int32, to: Int32)] = []
    private let width: Int
    private var table: [Int32] = []
    private var dictionary: [Int64: Int32] = [:]

    init(activities: Int) {
        width = activities
        if activities <= Self.maximumTable { table = Array(repeating: -1, count: activities * activities) }
    }

    mutating func number(_ from: Int32, _ to: Int32) -> Int32 {
        let key = Int(from) * width + Int(to)
        if !table.isEmpty {
            if table[key] >= 0 { return table[key] }
            table[key] = Int32(pairs.count)
        } else {
            if let number = dictionary[Int64(key)] { return number }
            dictionary[Int64(key)] = Int32(pairs.count)
        }
        pairs.append((from, to))
        return Int32(pairs.count - 1)
    }
}
