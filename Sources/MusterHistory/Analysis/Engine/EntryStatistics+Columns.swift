import EventSourcing

extension EntryStatistics {
    /// Recorded longer after the event than this is late entry, as on the boards.
    static let lateAfter: Duration = .seconds(300)
    /// So many cases one person hardly works on within one minute.
    private static let manyCases = 10

    /// - Parameters:
    ///   - numbers: of activities, as the table has them.
    ///   - labels: of activities, by those numbers.
    init(
        _ columns: EventColumns,
        _ context: ColumnContext,
        _ table: CaseTable,
        numbers: [Int32],
        labels: [Label]
    ) {
        let isChosen = context.isChosen
        var byActivity = Array(repeating: (events: 0, late: 0), count: labels.count)
        var byAgency = Array(repeating: (events: 0, late: 0), count: columns.agencyNames.count)
        var delays: [Int64] = []
        let limit = Self.lateAfter.wholeMicroseconds
        for index in columns.recordings.indices where columns.recordings[index] != EventColumns.unknown {
            guard isChosen.map({ $0[Int(columns.cases[index])] }) ?? true else { continue }
            let delay = columns.recordings[index] - columns.times[index]
            let isLate = delay > limit
            delays.append(max(0, delay))
            let activity = Int(numbers[Int(columns.activities[index])])
            byActivity[activity].events += 1
            if isLate { byActivity[activity].late += 1 }
            if !columns.agencies.isEmpty, columns.agencies[index] >= 0 {
                byAgency[Int(columns.agencies[index])].events += 1
                if isLate { byAgency[Int(columns.agencies[index])].late += 1 }
            }
        }
        var (fullHours, hasSeconds) = (0, false)
        for time in table.times {
            if time % 3_600_000_000 == 0 { fullHours += 1 }
            if time % 60_000_000 != 0 { hasSeconds = true }
        }
        self.init(
            limit: Self.lateAfter,
            delays: delays.isEmpty ? nil : DurationSummary(delays),
            late: delays.count { $0 > limit },
            byActivity: Self.list(byActivity) { labels[$0] },
            byAgency: Self.list(byAgency) { Label(columns.agencyNames[Int32($0)]) },
            bursts: Self.bursts(table, columns),
            burstCases: Self.manyCases,
            fullHourShare: table.times.isEmpty ? 0 : Double(fullHours) / Double(table.times.count),
            timesAreByMinute: !table.times.isEmpty && !hasSeconds,
            outOfOrder: table.outOfOrder
        )
        takeReadings(columns, context, numbers: numbers)
        takeEvidence(columns, context)
    }

    /// The largest share of late ones first, of those with enough events; those without late ones are left out.
    private static func list(_ counts: [(events: Int, late: Int)], _ label: (Int) -> Label) -> [Late] {
        counts.indices.filter { counts[$0].late > 0 }
            .map { Late(label: label($0), events: counts[$0].events, late: counts[$0].late) }
            .sorted { a, b in
                if (a.events >= 20) != (b.events >= 20) { return a.events >= 20 }
                return a.share == b.share ? (a.late, b.label.name) > (b.late, a.label.name) : a.share > b.share
            }
    }

    /// Persons are looked at where the log names any, and agencies otherwise.
    private static func bursts(_ table: CaseTable, _ columns: EventColumns) -> [Burst] {
        let hasPersons = !table.resources.isEmpty
        let who = hasPersons ? table.resources : table.agencies
        let names = hasPersons ? columns.resourceNames : columns.agencyNames
        guard !who.isEmpty, let earliest = table.times.min(), names.count < 1 << 24 else { return [] }
        // The minute it lies in, also before 1970.
        let first = earliest - (earliest % 60_000_000 + 60_000_000) % 60_000_000
        func key(_ event: Int) -> UInt64? {
            let minute = (table.times[event] - first) / 60_000_000
            guard who[event] >= 0, minute < 1 << 26, table.activities[event] < 1 << 14 else { return nil }
            return UInt64(who[event]) << 40 | UInt64(table.activities[event]) << 26 | UInt64(minute)
        }
        // Nearly all minutes hold few: counting starts with those that hold many events.
        var cases: [UInt64: (cases: Int, last: Int)] = [:]
        for candidate in runs(of: table.times.indices.compactMap(key).sorted()) { cases[candidate] = (0, -1) }
        guard !cases.isEmpty else { return [] }
        for index in 0..<table.count {
            for event in table.range(index) {
                guard let key = key(event), let found = cases[key], found.last != index else { continue }
                cases[key] = (found.cases + 1, index)
            }
        }
        return cases.filter { $0.value.cases >= manyCases }
            .sorted { a, b in a.value.cases == b.value.cases ? a.key < b.key : a.value.cases > b.value.cases }
            .prefix(20)
            .map { key, found in
                Burst(
                    who: Label(names[Int32(key >> 40)]),
                    activity: Int(key >> 26 & 0x3FFF),
                    minute: Timestamp(microseconds: first + Int64(key & 0x3FF_FFFF) * 60_000_000),
                    cases: found.cases
                )
            }
    }

    /// What stands in a sorted list many times.
    private static func runs(of keys: [UInt64]) -> [UInt64] {
        var found: [UInt64] = []
        var start = 0
        for index in keys.indices where index == keys.count - 1 || keys[index + 1] != keys[index] {
            if index - start + 1 >= manyCases { found.append(keys[index]) }
            start = index + 1
        }
        return found
    }
}
