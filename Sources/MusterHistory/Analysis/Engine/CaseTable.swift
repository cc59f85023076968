/// Events sorted by case, and within a case by time and then by the order of the log.
struct CaseTable: Sendable {
    /// The number of each case in its columns, in the order of their first events in the log.
    private(set) var cases: [Int32] = []
    /// Where each case begins among the events, and at last where the last one ends.
    private(set) var offsets: [Int] = [0]
    private(set) var activities: [Int32] = []
    private(set) var times: [Int64] = []
    /// Empty when no event says anything of them.
    private(set) var agencies: [Int32] = []
    private(set) var resources: [Int32] = []
    private(set) var places: [Int32] = []
    private(set) var begins: [Int64] = []
    /// Events that happened before an event of their case which stands before them in the log.
    private(set) var outOfOrder = 0

    var count: Int { cases.count }
    var eventCount: Int { times.count }

    func range(_ index: Int) -> Range<Int> { offsets[index]..<offsets[index + 1] }

    func duration(_ index: Int) -> Int64 { times[offsets[index + 1] - 1] - times[offsets[index]] }

    /// - Parameters:
    ///   - isChosen: by number of case, which to take; nil: all.
    ///   - byUnit: whether units of work take the place of cases; only events of a unit are taken then.
    init(_ columns: EventColumns, isChosen: [Bool]? = nil, byUnit: Bool = false) {
        let groups = byUnit ? columns.units : columns.cases
        let groupCount = byUnit ? columns.unitCount : columns.caseNames.count
        let (order, starts) = Self.scatter(groups, groupCount, of: columns.cases, isChosen)
        let sorted = Self.sort(order, starts, by: columns.times, countingInto: &outOfOrder)
        offsets.reserveCapacity(groupCount + 1)
        for group in 0..<groupCount where starts[group + 1] > starts[group] {
            cases.append(byUnit ? columns.cases[Int(sorted[starts[group]])] : Int32(group))
            offsets.append(starts[group + 1])
        }
        activities = Self.gather(columns.activities, sorted)
        times = Self.gather(columns.times, sorted)
        agencies = Self.gather(columns.agencies, sorted)
        resources = Self.gather(columns.resources, sorted)
        places = Self.gather(columns.places, sorted)
        begins = Self.gather(columns.begins, sorted)
    }

    /// Indices of events by group, in the order of the log, and where each group begins.
    private static func scatter(
        _ groups: [Int32],
        _ groupCount: Int,
        of cases: [Int32],
        _ isChosen: [Bool]?
    ) -> (order: [Int32], starts: [Int]) {
        var starts = [Int](repeating: 0, count: groupCount + 1)
        for index in groups.indices {
            let group = Int(groups[index])
            guard group >= 0, isChosen.map({ $0[Int(cases[index])] }) ?? true else { continue }
            starts[group + 1] += 1
        }
        for group in 0..<groupCount { starts[group + 1] += starts[group] }
        var next = starts
        let order = [Int32](unsafeUninitializedCapacity: starts[groupCount]) { buffer, used in
            for index in groups.indices {
                let group = Int(groups[index])
                guard group >= 0, isChosen.map({ $0[Int(cases[index])] }) ?? true else { continue }
                buffer[next[group]] = Int32(truncatingIfNeeded: index)
                next[group] += 1
            }
            used = starts[groupCount]
        }
        return (order, starts)
    }

    /// Sorts each group by time; equal times keep their order.
    private static func sort(
        _ order: [Int32],
        _ starts: [Int],
        by times: [Int64],
        countingInto outOfOrder: inout Int
    ) -> [Int32] {
        var order = order
        var late = 0
        order.withUnsafeMutableBufferPointer { order in
            times.withUnsafeBufferPointer { times in
                for group in 0..<(starts.count - 1) {
                    let range = starts[group]..<starts[group + 1]
                    guard range.count > 1 else { continue }
                    var latest = times[Int(order[range.lowerBound])]
                    var behind = 0
                    for index in range {
                        let time = times[Int(order[index])]
                        if time < latest { behind += 1 } else { latest = time }
                    }
                    guard behind > 0 else { continue }
                    late += behind
                    if range.count <= 32 {
                        insert(&order, range, times)
                    } else {
                        // Numbers of events stand for the order of the log, so that equal times keep it.
                        order[range].sort { left, right in
                            let (a, b) = (times[Int(left)], times[Int(right)])
                            return a == b ? left < right : a < b
                        }
                    }
                }
            }
        }
        outOfOrder = late
        return order
    }

    private static func insert(
        _ order: inout UnsafeMutableBufferPointer<Int32>,
        _ range: Range<Int>,
        _ times: UnsafeBufferPointer<Int64>
    ) {
        for index in (range.lowerBound + 1)..<range.upperBound {
            let event = order[index]
            let time = times[Int(event)]
            var place = index
            while place > range.lowerBound, times[Int(order[place - 1])] > time {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = event
        }
    }

    private static func gather<Value>(_ column: [Value], _ order: [Int32]) -> [Value] {
        guard !column.isEmpty else { return [] }
        return [Value](unsafeUninitializedCapacity: order.count) { buffer, used in
            column.withUnsafeBufferPointer { column in
                for index in order.indices {
                    buffer.initializeElement(at: index, to: column[Int(order[index])])
                }
            }
            used = order.count
        }
    }

    /// Gives activities other numbers.
    mutating func renumberActivities(_ numbers: [Int32]) {
        for index in activities.indices { activities[index] = numbers[Int(activities[index])] }
    }
}
