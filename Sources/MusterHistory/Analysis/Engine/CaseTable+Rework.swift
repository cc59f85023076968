extension CaseTable {
    /// - Parameter closing: the activity that closes a case; nil when none is known to.
    func rework(activities labels: [Label], closing: Int?) -> ReworkStatistics {
        var seen = [Int32](repeating: -1, count: labels.count)
        var seenAt = [Int64](repeating: 0, count: labels.count)
        var isRepeated = [Bool](repeating: false, count: labels.count)
        var cases = [Int](repeating: 0, count: labels.count)
        var directly = cases
        var (groups, values): ([Int32], [Int64]) = ([], [])
        var casesWithAny = 0
        for index in 0..<count {
            let mark = Int32(truncatingIfNeeded: index)
            var hasAny = false
            for event in range(index) {
                let activity = Int(activities[event])
                if seen[activity] == mark {
                    if !isRepeated[activity] { cases[activity] += 1 }
                    isRepeated[activity] = true
                    hasAny = true
                    groups.append(activities[event])
                    values.append(times[event] - seenAt[activity])
                    if activities[event - 1] == activities[event] { directly[activity] += 1 }
                } else {
                    seen[activity] = mark
                    isRepeated[activity] = false
                }
                seenAt[activity] = times[event]
            }
            if hasAny { casesWithAny += 1 }
        }
        let times = GroupedDurations.summaries(of: values, by: groups, count: labels.count)
        let repeated = labels.indices.filter { cases[$0] > 0 }
            .map { index in
                ReworkStatistics.Repeated(
                    activity: index,
                    cases: cases[index],
                    extra: times[index].count,
                    directly: directly[index],
                    time: times[index]
                )
            }
            .sorted { $0.extra == $1.extra ? $0.activity < $1.activity : $0.extra > $1.extra }
        return ReworkStatistics(
            cases: casesWithAny,
            share: count == 0 ? 0 : Double(casesWithAny) / Double(count),
            repeated: repeated,
            reopened: closing.map { reopened(after: Int32($0)) }
        )
    }

    /// Cases in which something else follows the activity that closes them.
    private func reopened(after closing: Int32) -> ReworkStatistics.Reopened {
        var (closed, again) = (0, 0)
        for index in 0..<count {
            let range = range(index)
            guard let first = range.first(where: { activities[$0] == closing }) else { continue }
            closed += 1
            if activities[first..<range.upperBound].contains(where: { $0 != closing }) { again += 1 }
        }
        return ReworkStatistics.Reopened(closing: Int(closing), closed: closed, cases: again)
    }

    /// The activity that ends most cases that have it: at least half of all cases end with it, and of those that come
    /// to it at least nine in ten.
    func closing(_ activities: [ActivityStatistics]) -> Int? {
        guard count > 0 else { return nil }
        let best = activities.indices.max { a, b in
            activities[a].ends == activities[b].ends ? a > b : activities[a].ends < activities[b].ends
        }
        guard let best, activities[best].ends * 2 >= count, activities[best].ends * 10 >= activities[best].cases * 9,
            activities[best].starts * 2 < count
        else { return nil }
        return best
    }
}
