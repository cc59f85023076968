extension CaseTable {
    /// For each case the number of its way, and for each way one case that took it; ways are numbered in the order of
    /// their first cases.
    struct Ways {
        var ofCase: [Int32] = []
        var examples: [Int32] = []
    }

    /// Finds cases with the same activities in the same order.
    func ways() -> Ways {
        var ways = Ways()
        ways.ofCase.reserveCapacity(count)
        var hashes: [UInt64] = []
        var slots = [Int32](repeating: -1, count: 1_024)
        for index in 0..<count {
            let range = range(index)
            var hash = UInt64(range.count)
            for event in range { hash = NameTable.mix(hash ^ UInt64(UInt32(bitPattern: activities[event]))) }
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            var found: Int32 = -1
            while slots[slot] >= 0 {
                let way = slots[slot]
                if hashes[Int(way)] == hash, isSameWay(range, self.range(Int(ways.examples[Int(way)]))) {
                    found = way
                    break
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            if found < 0 {
                found = Int32(hashes.count)
                slots[slot] = found
                hashes.append(hash)
                ways.examples.append(Int32(index))
                if hashes.count * 2 > slots.count { slots = Self.grown(slots.count * 2, hashes) }
            }
            ways.ofCase.append(found)
        }
        return ways
    }

    private static func grown(_ count: Int, _ hashes: [UInt64]) -> [Int32] {
        var slots = [Int32](repeating: -1, count: count)
        for (way, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
            slots[slot] = Int32(way)
        }
        return slots
    }

    private func isSameWay(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count
        where activities[left.lowerBound + offset] != activities[right.lowerBound + offset] { return false }
        return true
    }

    func variants(_ ways: Ways, _ names: NameTable) -> VariantStatistics {
        let durations = GroupedDurations.summaries(
            of: (0..<count).map(duration),
            by: ways.ofCase,
            count: ways.examples.count
        )
        let order = durations.indices.sorted { a, b in
            durations[a].count == durations[b].count ? a < b : durations[a].count > durations[b].count
        }
        return VariantStatistics(
            count: order.count,
            singles: durations.count { $0.count == 1 },
            cases: count,
            list: order.prefix(VariantStatistics.maximumListed).map { way in
                let example = Int(ways.examples[way])
                return VariantStatistics.Variant(
                    activities: activities[range(example)].map { Int($0) },
                    cases: durations[way].count,
                    durations: durations[way],
                    example: names[cases[example]]
                )
            }
        )
    }

    func caseDurations(_ names: NameTable) -> CaseDurations {
        guard count > 0 else { return .none }
        let values = (0..<count).map(duration)
        let sizes = (0..<count).map { range($0).count }.sorted()
        let longest = LargestFew.indices(of: values, atMost: 10)
        return CaseDurations(
            durations: DurationSummary(values),
            histogram: DurationBin.histogram(of: values),
            longest: longest.map { index in
                CaseDurations.Longest(
                    id: names[cases[index]],
                    duration: .microseconds(values[index]),
                    events: range(index).count
                )
            },
            medianEvents: sizes[(sizes.count - 1) / 2],
            maximumEvents: sizes[sizes.count - 1]
        )
    }
}

/// The largest of many, without sorting them all.
enum LargestFew {
    /// Indices of the largest values, the largest first; of equals the first.
    static func indices(of values: [Int64], atMost most: Int) -> [Int] {
        var found: [Int] = []
        for index in values.indices {
            if found.count == most, let last = found.last, values[index] <= values[last] { continue }
            let place = found.firstIndex { values[$0] < values[index] } ?? found.count
            found.insert(index, at: place)
            if found.count > most { found.removeLast() }
        }
        return found
    }
}

extension DurationBin {
    /// Seconds at which bins begin.
    private static let bounds: [Int64] = [
        0, 1, 5, 10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400, 172_800,
        345_600, 604_800, 1_209_600, 2_592_000, 5_184_000, 7_776_000, 15_552_000, 31_536_000, 63_072_000,
        157_680_000, 315_360_000, 3_153_600_000, 9_223_372_036_854,
    ]

    /// - Parameter values: microseconds, none negative.
    static func histogram(of values: [Int64]) -> [DurationBin] {
        var counts = [Int](repeating: 0, count: bounds.count - 1)
        for value in values {
            var (low, high) = (0, bounds.count - 1)
            while high - low > 1 {
                let middle = (low + high) / 2
                if value / 1_000_000 < bounds[middle] { high = middle } else { low = middle }
            }
            counts[low] += 1
        }
        guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
            return []
        }
        return (first...last).map { index in
            DurationBin(from: .seconds(bounds[index]), to: .seconds(bounds[index + 1]), count: counts[index])
        }
    }
}
