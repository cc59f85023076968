/// The events of a log as columns of numbers, one entry for each event in the order of the log. It grows by `append`,
/// and knows nothing of where events come from.
package struct EventColumns: Sendable {
    /// An event as its source has it: numbers from the columns' tables, -1 for what it does not say.
    package struct Entry: Hashable, Sendable {
        package var caseIndex: Int32
        package var activity: Int32
        /// Microseconds since 1970.
        package var time: Int64
        package var agency: Int32 = -1
        package var resource: Int32 = -1
        package var place: Int32 = -1
        /// When the work of it began, where that is known.
        package var began: Int64?
        /// When it was recorded, where that says when it was entered.
        package var recorded: Int64?
        /// What was read off, as a temperature.
        package var reading: Int32 = -1
        /// Of work that must be shown to have been done.
        package var evidence: Evidence?
        /// The unit of work inside the case: the imported row with several stages.
        package var unit: Int32 = -1

        package init(caseIndex: Int32, activity: Int32, time: Int64) {
            self.caseIndex = caseIndex
            self.activity = activity
            self.time = time
        }
    }

    /// What shows that work was done.
    package enum Evidence: Int8, Hashable, Sendable {
        case photoOnly
        /// A text, a figure, several things, or nothing.
        case other
    }

    /// Stands for a time that is not known.
    static let unknown = Int64.min

    package var caseNames = NameTable()
    package var activityNames = NameTable()
    package var agencyNames = NameTable()
    package var resourceNames = NameTable()
    package var placeNames = NameTable()
    package var readingNames = NameTable()

    private(set) var cases: [Int32] = []
    private(set) var activities: [Int32] = []
    private(set) var times: [Int64] = []
    /// These are empty as long as no event says anything of them.
    private(set) var agencies: [Int32] = []
    private(set) var resources: [Int32] = []
    private(set) var places: [Int32] = []
    private(set) var begins: [Int64] = []
    private(set) var recordings: [Int64] = []
    private(set) var readings: [Int32] = []
    private(set) var evidence: [Evidence?] = []
    private(set) var units: [Int32] = []

    /// What had a limit, and how long named stages took.
    var clocks: [Clock] = []
    var intervals: [IntervalColumn] = []
    /// For each case, a bit for each filter one of its events matched; empty without such filters.
    private(set) var marks: [UInt32] = []
    private(set) var unitCount = 0

    package init() {}

    package var count: Int { times.count }
    package var isEmpty: Bool { times.isEmpty }

    package mutating func reserveCapacity(_ count: Int) {
        cases.reserveCapacity(count)
        activities.reserveCapacity(count)
        times.reserveCapacity(count)
    }

    /// Takes in one event.
    package mutating func append(_ entry: Entry) {
        let before = times.count
        cases.append(entry.caseIndex)
        activities.append(entry.activity)
        times.append(entry.time)
        Self.add(entry.agency, to: &agencies, -1, before)
        Self.add(entry.resource, to: &resources, -1, before)
        Self.add(entry.place, to: &places, -1, before)
        Self.add(entry.began ?? Self.unknown, to: &begins, Self.unknown, before)
        Self.add(entry.recorded ?? Self.unknown, to: &recordings, Self.unknown, before)
        Self.add(entry.reading, to: &readings, -1, before)
        Self.add(entry.evidence, to: &evidence, nil, before)
        Self.add(entry.unit, to: &units, -1, before)
        if Int(entry.unit) >= unitCount { unitCount = Int(entry.unit) + 1 }
    }

    /// A column that nobody uses stays empty.
    @inline(__always)
    private static func add<Value: Equatable>(
        _ value: Value,
        to column: inout [Value],
        _ none: Value,
        _ before: Int
    ) {
        if !column.isEmpty {
            column.append(value)
        } else if value != none {
            column.reserveCapacity(before + 1)
            for _ in 0..<before { column.append(none) }
            column.append(value)
        }
    }

    /// Notes that an event of a case matches a filter.
    mutating func mark(_ caseIndex: Int32, filter: Int) {
        while marks.count <= Int(caseIndex) { marks.append(0) }
        marks[Int(caseIndex)] |= 1 << UInt32(filter)
    }

    /// Leaves out the events, clocks and intervals of units that were replaced by a later revision.
    mutating func removeUnits(where isGone: [Bool]) {
        guard !units.isEmpty else { return }
        func stays(_ unit: Int32) -> Bool { unit < 0 || !isGone[Int(unit)] }
        var kept = 0
        for index in times.indices where stays(units[index]) {
            cases[kept] = cases[index]
            activities[kept] = activities[index]
            times[kept] = times[index]
            units[kept] = units[index]
            if !agencies.isEmpty { agencies[kept] = agencies[index] }
            if !resources.isEmpty { resources[kept] = resources[index] }
            if !places.isEmpty { places[kept] = places[index] }
            if !begins.isEmpty { begins[kept] = begins[index] }
            if !recordings.isEmpty { recordings[kept] = recordings[index] }
            if !readings.isEmpty { readings[kept] = readings[index] }
            if !evidence.isEmpty { evidence[kept] = evidence[index] }
            kept += 1
        }
        let gone = times.count - kept
        cases.removeLast(gone)
        activities.removeLast(gone)
        times.removeLast(gone)
        units.removeLast(gone)
        if !agencies.isEmpty { agencies.removeLast(gone) }
        if !resources.isEmpty { resources.removeLast(gone) }
        if !places.isEmpty { places.removeLast(gone) }
        if !begins.isEmpty { begins.removeLast(gone) }
        if !recordings.isEmpty { recordings.removeLast(gone) }
        if !readings.isEmpty { readings.removeLast(gone) }
        if !evidence.isEmpty { evidence.removeLast(gone) }
        clocks.removeAll { !stays($0.unit) }
        for index in intervals.indices { intervals[index].removeUnits(where: isGone) }
    }

    /// Of the clocks of a case that its rows say again and again, keeps the last.
    mutating func removeRepeatedClocks() {
        guard clocks.contains(where: \.isOfCase) else { return }
        var last: [Int64: Int] = [:]
        func key(_ clock: Clock) -> Int64 { Int64(clock.caseIndex) << 32 | Int64(clock.kind) }
        for (index, clock) in clocks.enumerated() where clock.isOfCase { last[key(clock)] = index }
        clocks = clocks.indices.filter { !clocks[$0].isOfCase || last[key(clocks[$0])] == $0 }.map { clocks[$0] }
    }

    /// Takes the last event of a case for its end, where nothing else says when it ended.
    mutating func assumeEnds(ofKinds kinds: Set<Int32>) {
        guard !kinds.isEmpty else { return }
        var last = [Int64](repeating: Self.unknown, count: caseNames.count)
        for index in cases.indices { last[Int(cases[index])] = max(last[Int(cases[index])], times[index]) }
        for index in clocks.indices where kinds.contains(clocks[index].kind) {
            clocks[index].done = last[Int(clocks[index].caseIndex)]
        }
    }
}

/// Something that was to be done by a moment.
struct Clock: Hashable, Sendable {
    var caseIndex: Int32
    /// Index into the labels of kinds.
    var kind: Int32
    var agency: Int32 = -1
    var unit: Int32 = -1
    /// Microseconds; `EventColumns.unknown` where not known, or not done yet.
    var start = EventColumns.unknown
    var due: Int64
    var done = EventColumns.unknown
    /// Whether it is the case's, and each row of the case says it again: the last one counts.
    var isOfCase = false
}

/// How long a named stage took, once for each unit of work that could have it.
struct IntervalColumn: Sendable {
    let from: Label
    let to: Label
    /// Microseconds, negative ones included; `EventColumns.unknown` when one of the times is missing.
    private(set) var durations: [Int64] = []
    private(set) var cases: [Int32] = []
    private(set) var agencies: [Int32] = []
    private(set) var units: [Int32] = []
    /// How long each was allowed to take; empty when the log never says.
    private(set) var limits: [Int64] = []

    init(from: Label, to: Label) {
        self.from = from
        self.to = to
    }

    mutating func append(_ duration: Int64?, _ caseIndex: Int32, agency: Int32, unit: Int32, limit: Int64? = nil) {
        let before = durations.count
        durations.append(duration ?? EventColumns.unknown)
        cases.append(caseIndex)
        agencies.append(agency)
        units.append(unit)
        if limit != nil, limits.isEmpty { limits = Array(repeating: EventColumns.unknown, count: before) }
        if limit != nil || !limits.isEmpty { limits.append(limit ?? EventColumns.unknown) }
    }

    mutating func removeUnits(where isGone: [Bool]) {
        var kept = IntervalColumn(from: from, to: to)
        for index in durations.indices where units[index] < 0 || !isGone[Int(units[index])] {
            let duration = durations[index]
            let limit = limits.isEmpty ? EventColumns.unknown : limits[index]
            kept.append(
                duration == EventColumns.unknown ? nil : duration,
                cases[index],
                agency: agencies[index],
                unit: units[index],
                limit: limit == EventColumns.unknown ? nil : limit
            )
        }
        self = kept
    }
}
