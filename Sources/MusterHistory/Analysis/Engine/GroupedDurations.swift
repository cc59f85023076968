/// Summaries of many durations at once, each group by itself.
enum GroupedDurations {
    /// - Parameters:
    ///   - groups: for each value its group, or -1 to leave it out.
    ///   - values: microseconds.
    ///   - count: how many groups there are.
    static func summaries(of values: [Int64], by groups: [Int32], count: Int) -> [DurationSummary] {
        var starts = [Int](repeating: 0, count: count + 1)
        for group in groups where group >= 0 { starts[Int(group) + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        var next = starts
        var sorted = [Int64](unsafeUninitializedCapacity: starts[count]) { buffer, used in
            for index in groups.indices {
                let group = Int(groups[index])
                guard group >= 0 else { continue }
                buffer[next[group]] = values[index]
                next[group] += 1
            }
            used = starts[count]
        }
        return sorted.withUnsafeMutableBufferPointer { buffer in
            (0..<count).map { group in
                DurationSummary(
                    reordering: UnsafeMutableBufferPointer(rebasing: buffer[starts[group]..<starts[group + 1]])
                )
            }
        }
    }
}

extension DurationSummary {
    init(_ values: [Int64]) {
        var values = values
        self = values.withUnsafeMutableBufferPointer { DurationSummary(reordering: $0) }
    }

    /// Microseconds, in any order; they are in another one afterwards.
    init(reordering values: UnsafeMutableBufferPointer<Int64>) {
        let count = values.count
        guard count > 0 else {
            self = .none
            return
        }
        var found = Values(minimum: values[0], maximum: values[0])
        for value in values {
            found.minimum = min(found.minimum, value)
            found.maximum = max(found.maximum, value)
            found.total &+= value
        }
        func rank(_ percent: Int) -> Int { max(1, (percent * count + 99) / 100) - 1 }
        let (lower, upper) = ((count - 1) / 2, count / 2)
        RankSelection.select([rank(10), lower, upper, rank(90), rank(99)], in: values)
        found.p10 = values[rank(10)]
        // Halves are added so that two large times do not overflow.
        found.p50 = values[lower] + (values[upper] - values[lower]) / 2
        found.p90 = values[rank(90)]
        found.p99 = values[rank(99)]
        self.init(count: count, values: found)
    }
}

/// Brings values of some ranks to their places, without sorting all the others.
enum RankSelection {
    /// - Parameter ranks: ascending, from 0; afterwards `values[rank]` is as in a sorted list, for each of them.
    static func select(_ ranks: [Int], in values: UnsafeMutableBufferPointer<Int64>) {
        select(ranks[...], in: values, 0, values.count, depth: 2 * (Int.bitWidth - values.count.leadingZeroBitCount))
    }

    private static func select(
        _ ranks: ArraySlice<Int>,
        in values: UnsafeMutableBufferPointer<Int64>,
        _ start: Int,
        _ end: Int,
        depth: Int
    ) {
        guard !ranks.isEmpty, end - start > 1 else { return }
        // Bad luck or bad will with the pivots ends here.
        guard end - start > 24, depth > 0 else {
            values[start..<end].sort()
            return
        }
        let pivot = median(
            values[start + (end - start) / 4],
            values[start + (end - start) / 2],
            values[start + (end - start) / 4 * 3]
        )
        // Smaller ones | equal ones | not seen yet | larger ones.
        var (smaller, index, larger) = (start, start, end)
        while index < larger {
            let value = values[index]
            if value < pivot {
                values.swapAt(smaller, index)
                smaller += 1
                index += 1
            } else if value > pivot {
                larger -= 1
                values.swapAt(index, larger)
            } else {
                index += 1
            }
        }
        select(ranks.prefix { $0 < smaller }, in: values, start, smaller, depth: depth - 1)
        select(ranks.drop { $0 < larger }, in: values, larger, end, depth: depth - 1)
    }

    private static func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
        max(min(a, b), min(max(a, b), c))
    }
}
