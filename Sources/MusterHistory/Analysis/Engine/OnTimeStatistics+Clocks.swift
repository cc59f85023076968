import EventSourcing

extension OnTimeStatistics {
    /// - Parameters:
    ///   - clocks: of the chosen cases.
    ///   - asOf: what is open and was due before it is overdue.
    ///   - kinds: by number of kind.
    init?(
        _ clocks: [Clock],
        asOf: Int64,
        zone: ZoneOffsets,
        kinds: [Label],
        agencies names: NameTable,
        endsAreAssumed: Bool
    ) {
        guard !clocks.isEmpty else { return nil }
        var all = Tally()
        var lateness: [Int64] = []
        var months = MonthCounts(none: Tally())
        var hours = Array(repeating: (clocks: 0, late: 0), count: 24)
        var agencies = Array(repeating: Tally(), count: names.count)
        var agencyOf: [Int32] = []
        var byKind = Array(repeating: Tally(), count: kinds.count)
        for clock in clocks {
            let fate = Fate(clock, asOf: asOf)
            all.count(fate)
            months[zone.month(clock.due)].count(fate)
            if clock.agency >= 0 { agencies[Int(clock.agency)].count(fate) }
            byKind[Int(clock.kind)].count(fate)
            if fate == .late {
                lateness.append(clock.done - clock.due)
                agencyOf.append(clock.agency)
            }
            if fate != .within {
                let hour = zone.hour(fate == .overdue ? clock.due : clock.done)
                hours[hour].clocks += 1
                if fate != .inTime { hours[hour].late += 1 }
            }
        }
        let byAgency = GroupedDurations.summaries(of: lateness, by: agencyOf, count: names.count)
        self.init(
            all: all,
            lateness: DurationSummary(lateness),
            months: months.list.map { ByMonth(month: $0.month, tally: $0.value) },
            hours: hours.indices.map { ByHour(hour: $0, clocks: hours[$0].clocks, late: hours[$0].late) },
            agencies: Self.worstFirst(
                agencies.indices.map { index in
                    ByAgency(agency: Label(names[Int32(index)]), tally: agencies[index], lateness: byAgency[index])
                }
            ),
            kinds: kinds.indices.map { ByKind(label: kinds[$0], tally: byKind[$0]) }.filter { $0.tally.all > 0 },
            endsAreAssumed: endsAreAssumed,
            formula: 2
        )
    }

    /// What became of a clock.
    enum Fate {
        case inTime, late, overdue, within

        init(_ clock: Clock, asOf: Int64) {
            if clock.done != EventColumns.unknown {
                self = clock.done <= clock.due ? .inTime : .late
            } else {
                self = clock.due < asOf ? .overdue : .within
            }
        }
    }

    /// Agencies with at least this many decided clocks come first: a rate of three says nothing.
    private static let enoughClocks = 10

    private static func worstFirst(_ agencies: [ByAgency]) -> [ByAgency] {
        agencies.filter { $0.tally.all > 0 }.sorted { a, b in
            let (x, y) = (a.tally.closed + a.tally.overdueOpen, b.tally.closed + b.tally.overdueOpen)
            if (x >= enoughClocks) != (y >= enoughClocks) { return x >= enoughClocks }
            let (p, q) = (a.tally.honest ?? 2, b.tally.honest ?? 2)
            if p != q { return p < q }
            return x == y ? a.agency.name < b.agency.name : x > y
        }
    }
}

extension OnTimeStatistics.Tally {
    mutating func count(_ fate: OnTimeStatistics.Fate) {
        switch fate {
        case .inTime: inTime += 1
        case .late: closedLate += 1
        case .overdue: overdueOpen += 1
        case .within: openWithin += 1
        }
    }
}
