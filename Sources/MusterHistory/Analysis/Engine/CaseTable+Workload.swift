extension CaseTable {
    func workload(_ columns: EventColumns, _ zone: ZoneOffsets) -> WorkloadStatistics {
        let resources = load(resources, columns.resourceNames, zone)
        let agencies = load(agencies, columns.agencyNames, zone)
        return WorkloadStatistics(
            resources: resources.list,
            agencies: agencies.list,
            places: load(places, columns.placeNames, zone).list,
            resourceFairness: resources.fairness,
            agencyFairness: agencies.fairness
        )
    }

    private func load(
        _ column: [Int32],
        _ names: NameTable,
        _ zone: ZoneOffsets
    ) -> (list: [WorkloadStatistics.Worker], fairness: WorkloadStatistics.Fairness?) {
        guard !column.isEmpty else { return ([], nil) }
        var events = [Int](repeating: 0, count: names.count)
        var cases = events
        var lastCase = [Int32](repeating: -1, count: names.count)
        for index in 0..<count {
            for event in range(index) where column[event] >= 0 {
                let who = Int(column[event])
                events[who] += 1
                if lastCase[who] != Int32(truncatingIfNeeded: index) {
                    lastCase[who] = Int32(truncatingIfNeeded: index)
                    cases[who] += 1
                }
            }
        }
        let all = events.reduce(0, +)
        // Names are made of the few that are shown alone.
        let order = events.indices.filter { events[$0] > 0 }
            .sorted { a, b in events[a] == events[b] ? a < b : events[a] > events[b] }
        let listed = Array(order.prefix(WorkloadStatistics.maximumListed))
        let hours = hours(of: listed, among: names.count, column, zone)
        let list = listed.enumerated().map { rank, who in
            WorkloadStatistics.Worker(
                label: Label(names[Int32(who)]),
                events: events[who],
                cases: cases[who],
                share: Double(events[who]) / Double(all),
                hours: hours[rank]
            )
        }
        return (list, WorkloadStatistics.Fairness(order.map { events[$0] }))
    }

    /// Events of each of those listed, by the local hour of the day.
    private func hours(of listed: [Int], among count: Int, _ column: [Int32], _ zone: ZoneOffsets) -> [[Int]] {
        var ranks = [Int](repeating: -1, count: count)
        for (rank, who) in listed.enumerated() { ranks[who] = rank }
        var events = [Int](repeating: 0, count: listed.count * 24)
        for event in column.indices where column[event] >= 0 && ranks[Int(column[event])] >= 0 {
            events[ranks[Int(column[event])] * 24 + zone.hour(times[event])] += 1
        }
        return listed.indices.map { Array(events[($0 * 24)..<(($0 + 1) * 24)]) }
    }

    func seasonality(_ zone: ZoneOffsets) -> Seasonality {
        var months = MonthCounts(none: (events: 0, cases: 0))
        var weekHours = Array(repeating: Array(repeating: 0, count: 24), count: 7)
        var weekdayStarts = Array(repeating: 0, count: 7)
        var hourStarts = Array(repeating: 0, count: 24)
        var hours: [Int64: Int] = [:]
        for time in times {
            let local = zone.local(time)
            // Hours since 1970: events share them, and what follows is done once for each.
            hours[local >= 0 ? local / 3_600 : (local - 3_599) / 3_600, default: 0] += 1
        }
        for (hour, events) in hours {
            let local = hour * 3_600
            weekHours[ZoneOffsets.weekday(local: local)][ZoneOffsets.hour(local: local)] += events
            months[Month(day: ZoneOffsets.day(local: local))].events += events
        }
        for index in 0..<count {
            let local = zone.local(times[offsets[index]])
            weekdayStarts[ZoneOffsets.weekday(local: local)] += 1
            hourStarts[ZoneOffsets.hour(local: local)] += 1
            months[Month(day: ZoneOffsets.day(local: local))].cases += 1
        }
        return Seasonality(
            months: months.list.map {
                Seasonality.ByMonth(month: $0.month, events: $0.value.events, cases: $0.value.cases)
            },
            weekHours: weekHours,
            weekdayStarts: weekdayStarts,
            hourStarts: hourStarts
        )
    }
}

extension WorkloadStatistics.Fairness {
    /// - Parameter events: of each worker, the busiest first. Nil for fewer than two.
    init?(_ events: [Int]) {
        guard events.count > 1 else { return nil }
        let all = Double(events.reduce(0, +))
        let count = Double(events.count)
        var weighted = 0.0
        for (rank, own) in events.enumerated() { weighted += (count - 2 * Double(rank) - 1) * Double(own) }
        let tenth = max(1, events.count / 10)
        let middle = events.count / 2
        self.init(
            workers: events.count,
            gini: all == 0 ? 0 : weighted / (count * all),
            busiestTenth: all == 0 ? 0 : Double(events.prefix(tenth).reduce(0, +)) / all,
            medianEvents: events.count.isMultiple(of: 2) ? (events[middle - 1] + events[middle]) / 2 : events[middle],
            maximumEvents: events[0]
        )
    }
}
