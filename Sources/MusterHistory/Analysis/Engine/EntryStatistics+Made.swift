import EventSourcing

/// Patterns of records that may have been made up (R14.5): the same reading again and again, and photos alone.
extension EntryStatistics {
    /// So many equal readings in a row are looked at, unless the choice says otherwise.
    package static let standardInARow = 5
    /// Chance makes a run of such a length less often than once in so many series.
    private static let rarity = 100.0
    /// So many steps with a photo alone are looked at, and more than this share of what one completed.
    private static let manyPhotos = 5
    private static let photoShare = 0.5

    /// What one person, or one agency, read off in one activity.
    private struct Series: Hashable {
        let who: Int32
        let activity: Int32
    }

    /// One value of one activity.
    private struct Value: Hashable {
        let activity: Int32
        let reading: Int32
    }

    /// Finds runs of equal readings that chance hardly makes: those long enough, whose value others read so seldom that a
    /// run of it is rare. Where there are no others to tell what is usual, every run that is long enough counts.
    mutating func takeReadings(_ columns: EventColumns, _ context: ColumnContext, numbers: [Int32]) {
        identicalInARow = context.identicalInARow
        guard !columns.readings.isEmpty, let who = Who(columns) else { return }
        var series: [Series: [Int]] = [:]
        var (all, ofValue): ([Int32: Int], [Value: Int]) = ([:], [:])
        for index in columns.readings.indices where columns.readings[index] >= 0 {
            guard context.isChosen.map({ $0[Int(columns.cases[index])] }) ?? true else { continue }
            let activity = numbers[Int(columns.activities[index])]
            readings += 1
            all[activity, default: 0] += 1
            ofValue[Value(activity: activity, reading: columns.readings[index]), default: 0] += 1
            guard who.column[index] >= 0 else { continue }
            series[Series(who: who.column[index], activity: activity), default: []].append(index)
        }
        var found: [Identical] = []
        for (one, indices) in series {
            let events = indices.sorted { (columns.times[$0], $0) < (columns.times[$1], $1) }
            var own: [Int32: Int] = [:]
            for event in events { own[columns.readings[event], default: 0] += 1 }
            let others = (all[one.activity] ?? 0) - events.count
            var start = 0
            for end in events.indices {
                let value = columns.readings[events[end]]
                if end + 1 < events.count, columns.readings[events[end + 1]] == value { continue }
                defer { start = end + 1 }
                let length = end - start + 1
                guard length >= identicalInARow else { continue }
                let elsewhere = (ofValue[Value(activity: one.activity, reading: value)] ?? 0) - (own[value] ?? 0)
                guard Self.isRare(length, of: events.count, elsewhere, among: others) else { continue }
                found.append(
                    Identical(
                        who: Label(who.names[one.who]),
                        activity: Int(one.activity),
                        value: columns.readingNames[value],
                        readings: length,
                        since: Timestamp(microseconds: columns.times[events[start]]),
                        until: Timestamp(microseconds: columns.times[events[end]])
                    )
                )
            }
        }
        let longest = found.sorted { a, b in
            a.readings == b.readings
                ? (a.since, a.who.name, a.activity) < (b.since, b.who.name, b.activity) : a.readings > b.readings
        }
        identical = Array(longest.prefix(20))
    }

    /// Whether runs of a value are rarer than once in `rarity` series of so many readings, when the value comes up as often
    /// as with others.
    private static func isRare(_ length: Int, of count: Int, _ elsewhere: Int, among others: Int) -> Bool {
        guard others > 0 else { return true }
        let share = Double(elsewhere) / Double(others)
        let runs = (0..<length).reduce(Double(count)) { expected, _ in expected * share }
        return runs * rarity < 1
    }

    mutating func takeEvidence(_ columns: EventColumns, _ context: ColumnContext) {
        guard !columns.evidence.isEmpty, let who = Who(columns) else { return }
        var counts: [Int32: (steps: Int, photoOnly: Int)] = [:]
        for (index, evidence) in columns.evidence.enumerated() {
            guard let evidence, context.isChosen.map({ $0[Int(columns.cases[index])] }) ?? true else { continue }
            evidenced += 1
            if evidence == .photoOnly { byPhotoAlone += 1 }
            guard who.column[index] >= 0 else { continue }
            counts[who.column[index], default: (0, 0)].steps += 1
            if evidence == .photoOnly { counts[who.column[index], default: (0, 0)].photoOnly += 1 }
        }
        photoOnly = counts.map { number, count in
            PhotoOnly(who: Label(who.names[number]), steps: count.steps, photoOnly: count.photoOnly)
        }.filter { $0.photoOnly >= Self.manyPhotos && $0.share > Self.photoShare }
            .sorted { ($1.photoOnly, $0.who.name) < ($0.photoOnly, $1.who.name) }
    }

    /// Persons where the log names any, and agencies otherwise.
    private struct Who {
        let column: [Int32]
        let names: NameTable

        /// Nil when the log names neither.
        init?(_ columns: EventColumns) {
            let hasPersons = !columns.resources.isEmpty
            column = hasPersons ? columns.resources : columns.agencies
            names = hasPersons ? columns.resourceNames : columns.agencyNames
            if column.isEmpty { return nil }
        }
    }
}
