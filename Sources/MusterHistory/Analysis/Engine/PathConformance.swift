import Records

/// Holds sequences of activities against a path, by the fewest steps that have to be put in or left out.
struct PathConformance {
    /// How a sequence differs from the path.
    struct Difference: Hashable {
        let kind: ConformanceStatistics.Kind
        /// Index into the labels of activities.
        let activity: Int32
        /// The step that was needed before; -1 when there is none.
        var needed: Int32 = -1
    }

    /// Longer sequences are compared by their beginnings, so that one odd case cannot take hours.
    private static let maximumLength = 20_000

    let path: [Int32]

    /// Steps that differ, and how many: missing ones and those besides the path. A step that is there, but before one
    /// it should follow, counts as one missing and one besides, and is named too early.
    func differences(_ sequence: some RandomAccessCollection<Int32>) -> (list: [Difference], cost: Int) {
        let sequence = Array(sequence.prefix(Self.maximumLength))
        let (missing, extra) = align(sequence)
        var list: [Difference] = []
        var early: Set<Int32> = []
        for activity in Set(extra.map { sequence[$0] }).intersection(missing.map { path[$0] }) {
            guard let needed = needed(before: activity, in: sequence, extra) else { continue }
            early.insert(activity)
            list.append(Difference(kind: .tooEarly, activity: activity, needed: needed))
        }
        for step in missing where !early.contains(path[step]) {
            list.append(Difference(kind: .skipped, activity: path[step]))
        }
        for event in extra where !early.contains(sequence[event]) {
            list.append(Difference(kind: .extra, activity: sequence[event]))
        }
        return (list, missing.count + extra.count)
    }

    /// The nearest step before an activity in the path which the sequence has after it.
    private func needed(before activity: Int32, in sequence: [Int32], _ extra: [Int]) -> Int32? {
        guard let place = path.firstIndex(of: activity), let event = extra.first(where: { sequence[$0] == activity })
        else { return nil }
        for step in path[..<place].reversed() where sequence[event...].contains(step) { return step }
        return nil
    }

    /// Indices of path steps without an event and of events without a path step, with as few of both as possible.
    private func align(_ sequence: [Int32]) -> (missing: [Int], extra: [Int]) {
        if sequence == path { return ([], []) }
        let width = path.count + 1
        // The longest common part of what follows, for each place in the sequence and the path.
        var common = [Int32](repeating: 0, count: (sequence.count + 1) * width)
        for event in sequence.indices.reversed() {
            for step in path.indices.reversed() {
                common[event * width + step] =
                    sequence[event] == path[step]
                    ? common[(event + 1) * width + step + 1] + 1
                    : max(common[(event + 1) * width + step], common[event * width + step + 1])
            }
        }
        var (event, step) = (0, 0)
        var (missing, extra): ([Int], [Int]) = ([], [])
        while event < sequence.count, step < path.count {
            if sequence[event] == path[step] {
                event += 1
                step += 1
            } else if common[(event + 1) * width + step] >= common[event * width + step + 1] {
                extra.append(event)
                event += 1
            } else {
                missing.append(step)
                step += 1
            }
        }
        missing += Array(step..<path.count)
        extra += Array(event..<sequence.count)
        return (missing, extra)
    }
}

extension CaseTable {
    /// How cases kept to a path.
    ///
    /// - Parameters:
    ///   - path: numbers of activities.
    ///   - reference: the same path, in words.
    func conformance(
        to path: [Int32],
        _ reference: ConformanceStatistics.Reference,
        _ ways: Ways,
        _ labels: [Label]
    ) -> ConformanceStatistics? {
        guard count > 0, !path.isEmpty else { return nil }
        let conformance = PathConformance(path: path)
        var casesOfWay = [Int](repeating: 0, count: ways.examples.count)
        for way in ways.ofCase { casesOfWay[Int(way)] += 1 }
        var counts: [PathConformance.Difference: (count: Int, cases: Int, ways: [Int])] = [:]
        var (perfect, fitness) = (0, 0.0)
        for way in ways.examples.indices {
            let sequence = activities[range(Int(ways.examples[way]))]
            let (list, cost) = conformance.differences(sequence)
            if cost == 0 { perfect += casesOfWay[way] }
            fitness += Double(casesOfWay[way]) * (1 - Double(cost) / Double(path.count + sequence.count))
            var isFirst: Set<PathConformance.Difference> = []
            for difference in list {
                counts[difference, default: (0, 0, [])].count += casesOfWay[way]
                guard isFirst.insert(difference).inserted else { continue }
                counts[difference]?.cases += casesOfWay[way]
                counts[difference]?.ways.append(way)
            }
        }
        let most = counts.sorted { a, b in
            if a.value.cases != b.value.cases { return a.value.cases > b.value.cases }
            return (a.key.kind.rawValue, a.key.activity, a.key.needed)
                < (b.key.kind.rawValue, b.key.activity, b.key.needed)
        }.prefix(40)
        let durations = (0..<count).map(duration)
        return ConformanceStatistics(
            reference: reference,
            count: count,
            perfect: perfect,
            fitness: fitness / Double(count),
            deviations: most.map { difference, found in
                ConformanceStatistics.Deviation(
                    kind: difference.kind,
                    step: labels[Int(difference.activity)],
                    needed: difference.needed < 0 ? nil : labels[Int(difference.needed)],
                    count: found.count,
                    cases: found.cases,
                    cost: Self.cost(found.ways, ways, durations)
                )
            }
        )
    }

    /// The median of the cases of some ways less that of all others.
    private static func cost(_ chosen: [Int], _ ways: Ways, _ durations: [Int64]) -> Duration? {
        var isChosen = [Bool](repeating: false, count: ways.examples.count)
        for way in chosen { isChosen[way] = true }
        var (with, without): ([Int64], [Int64]) = ([], [])
        for (index, way) in ways.ofCase.enumerated() {
            if isChosen[Int(way)] { with.append(durations[index]) } else { without.append(durations[index]) }
        }
        guard !with.isEmpty, !without.isEmpty else { return nil }
        return DurationSummary(with).p50 - DurationSummary(without).p50
    }
}
