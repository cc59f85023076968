import EventSourcing
import Records

/// Turns the rows of one mapping into events, clocks and intervals of the columns.
struct RowColumns {
    private let isActivity: Bool
    /// Numbers of the stages among the activities.
    private let stages: [Int32]
    private let agency: Int?
    private let resource: Int?
    private let place: Int?
    private let due: Int?
    private let recorded: Int?
    private let reading: Int?
    private let lateness: [(stage: Int, due: Int, kind: Int32)]
    private let dueKind: Int32
    private let intervals: [(from: Int, to: Int, due: Int?)]
    private let firstInterval: Int
    private let filters: [(attribute: Int, value: [UInt8], text: String, bit: Int)]
    private let trueAt: Int64

    /// Adds what the mapping names to the columns.
    ///
    /// - Parameter kinds: labels of clocks, to which the mapping's are added.
    init(
        _ mapping: Mapping,
        _ columns: inout EventColumns,
        kinds: inout [Label],
        filters: [CaseFilter],
        _ choice: AnalysisChoice
    ) {
        func attribute(_ name: String?) -> Int? {
            name.flatMap { name in mapping.attributes.firstIndex { $0.name == name } }
        }
        func stage(_ name: String) -> Int { mapping.stages.firstIndex { $0.name == name } ?? 0 }
        isActivity = mapping.activityColumn != nil
        stages = mapping.stages.map { columns.activityNames.index(of: $0.name) }
        agency = attribute(mapping.roles.agency)
        resource = attribute(mapping.roles.resource)
        place = attribute(mapping.roles.place)
        recorded = attribute(mapping.roles.recorded)
        reading = attribute(choice.reading ?? mapping.roles.reading)
        due = mapping.plan.lateness.isEmpty ? attribute(mapping.roles.due) : nil
        var lateness: [(stage: Int, due: Int, kind: Int32)] = []
        for plan in mapping.plan.lateness {
            guard let due = attribute(plan.due) else { continue }
            lateness.append((stage(plan.stage), due, Int32(kinds.count)))
            kinds.append(Label(plan.stage, words: mapping.stageWords(plan.stage)))
        }
        self.lateness = lateness
        dueKind = Int32(kinds.count)
        if due != nil, let name = mapping.roles.due {
            kinds.append(Label(name, words: mapping.attributeWords(name)))
        }
        let pairs = mapping.stagePairs
        intervals = pairs.map { pair in
            (pair.from, pair.to, lateness.first { $0.stage == pair.to }?.due)
        }
        firstInterval = columns.intervals.count
        for pair in pairs {
            let (from, to) = (mapping.stages[pair.from], mapping.stages[pair.to])
            columns.intervals.append(
                IntervalColumn(from: Label(from.name, words: from.words), to: Label(to.name, words: to.words))
            )
        }
        self.filters = filters.enumerated().compactMap { bit, filter in
            guard case .attribute(let name, let value) = filter, let index = attribute(name) else { return nil }
            return (index, Array(value.utf8), value, bit)
        }
        trueAt = choice.asTrueAt?.microseconds ?? .max
    }

    /// Takes in one row.
    func take(
        _ row: RowScan,
        _ event: RecordedEvent,
        unit: Int32,
        caseIndex: Int32,
        into columns: inout EventColumns
    ) throws(Problems) {
        var entry = EventColumns.Entry(caseIndex: caseIndex, activity: -1, time: 0)
        entry.unit = unit
        entry.agency = try Self.number(agency, row, &columns.agencyNames)
        entry.resource = try Self.number(resource, row, &columns.resourceNames)
        entry.place = try Self.number(place, row, &columns.placeNames)
        entry.reading = try Self.number(reading, row, &columns.readingNames)
        let recorded = try recorded.flatMap { row.attributes[$0] }
            .map { (range) throws(Problems) in try row.scan.time(range) }
        if isActivity {
            guard let activity = row.activity, event.occurredAt.microseconds <= trueAt else { return }
            entry.activity = try row.scan.number(activity, in: &columns.activityNames)
            entry.time = event.occurredAt.microseconds
            entry.began = row.began
            entry.recorded = Self.entered(recorded, entry.time)
            columns.append(entry)
        } else {
            for (index, activity) in stages.enumerated() {
                let time = row.stages[index]
                guard time != EventColumns.unknown, time <= trueAt else { continue }
                entry.activity = activity
                entry.time = time
                entry.recorded = Self.entered(recorded, time)
                columns.append(entry)
                // It was read once, however many stages the row has.
                entry.reading = -1
            }
        }
        for filter in filters {
            let isMatch = try matches(row, filter.attribute, filter.value, filter.text)
            if isMatch { columns.mark(caseIndex, filter: filter.bit) }
        }
        try takeIntervals(row, entry, into: &columns)
        try takeClocks(row, entry, into: &columns)
    }

    /// When an event was entered: with its row, unless that was there before the event happened.
    private static func entered(_ recorded: Int64?, _ time: Int64) -> Int64? {
        recorded.flatMap { $0 >= time ? $0 : nil }
    }

    private static func number(_ attribute: Int?, _ row: RowScan, _ names: inout NameTable) throws(Problems) -> Int32 {
        guard let attribute, let range = row.attributes[attribute] else { return -1 }
        return try row.scan.number(range, in: &names)
    }

    private func matches(_ row: RowScan, _ attribute: Int, _ value: [UInt8], _ text: String) throws(Problems) -> Bool {
        guard let range = row.attributes[attribute] else { return false }
        return row.scan.hasEscapes(range) ? try row.scan.string(range) == text : row.scan.holds(range, value)
    }

    /// A stage's time as it was known to be true; `EventColumns.unknown` when there is none.
    private func time(_ row: RowScan, _ stage: Int) -> Int64 {
        let time = row.stages[stage]
        return time <= trueAt ? time : EventColumns.unknown
    }

    private func takeIntervals(
        _ row: RowScan,
        _ entry: EventColumns.Entry,
        into columns: inout EventColumns
    ) throws(Problems) {
        for (index, interval) in intervals.enumerated() {
            let (from, to) = (time(row, interval.from), time(row, interval.to))
            var limit: Int64?
            if let due = interval.due, from != EventColumns.unknown, let range = row.attributes[due] {
                limit = try row.scan.time(range) - from
            }
            columns.intervals[firstInterval + index].append(
                from == EventColumns.unknown || to == EventColumns.unknown ? nil : to - from,
                entry.caseIndex,
                agency: entry.agency,
                unit: entry.unit,
                limit: limit
            )
        }
    }

    private func takeClocks(
        _ row: RowScan,
        _ entry: EventColumns.Entry,
        into columns: inout EventColumns
    ) throws(Problems) {
        func append(_ kind: Int32, _ range: Range<Int>, done: Int64) throws(Problems) {
            var clock = Clock(caseIndex: entry.caseIndex, kind: kind, due: try row.scan.time(range))
            clock.agency = entry.agency
            clock.unit = entry.unit
            clock.done = done
            clock.isOfCase = isActivity
            columns.clocks.append(clock)
        }
        for part in lateness {
            guard let range = row.attributes[part.due] else { continue }
            try append(part.kind, range, done: time(row, part.stage))
        }
        if let due, let range = row.attributes[due] {
            try append(dueKind, range, done: stages.isEmpty ? EventColumns.unknown : time(row, stages.count - 1))
        }
    }

    /// Whether nothing says when a case with a due time is done, so that its last event is taken for that.
    var assumesEnds: Bool { due != nil && stages.isEmpty }
}
