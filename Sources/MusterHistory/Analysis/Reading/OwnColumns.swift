import EventSourcing
import Records

/// Turns events of Muster's own into events of the columns: a case is a stream of one category, its activities are the
/// kinds of events.
struct OwnColumns {
    private let category: [UInt8]
    private let filters: [(name: [UInt8], value: String, bit: Int)]
    private let reading: [UInt8]
    private let trueAt: Int64
    private var activities: [EventType: Int32] = [:]

    init(_ choice: AnalysisChoice, filters: [CaseFilter]) {
        category = Array("\(choice.category)-".utf8)
        self.filters = filters.enumerated().compactMap { bit, filter in
            guard case .attribute(let name, let value) = filter else { return nil }
            return (Array(name.utf8), value, bit)
        }
        reading = Array((choice.reading ?? "figure").utf8)
        trueAt = choice.asTrueAt?.microseconds ?? .max
    }

    /// The number of the event's case; nil when it is not of the category, or had not happened yet.
    mutating func take(_ event: RecordedEvent, into columns: inout EventColumns) throws(Problems) -> Int32? {
        let stream = event.stream.rawValue.utf8
        guard event.occurredAt.microseconds <= trueAt, stream.starts(with: category) else { return nil }
        let caseIndex = columns.caseNames.index(of: stream.span.extracting(category.count..<stream.count))
        var entry = EventColumns.Entry(
            caseIndex: caseIndex,
            activity: activity(event.type, &columns.activityNames),
            time: event.occurredAt.microseconds
        )
        entry.recorded = event.recordedAt.microseconds
        try readActor(event.metadata, &entry, &columns)
        try readPayload(event.data, &entry, &columns)
        if event.type.name == "StepCompleted" { entry.evidence = try Self.evidence(event.data) }
        columns.append(entry)
        return caseIndex
    }

    private mutating func activity(_ type: EventType, _ names: inout NameTable) -> Int32 {
        if let known = activities[type] { return known }
        let number = names.index(of: type.name)
        activities[type] = number
        return number
    }

    /// What Muster did by itself is nobody's work.
    private func readActor(
        _ metadata: [UInt8],
        _ entry: inout EventColumns.Entry,
        _ columns: inout EventColumns
    ) throws(Problems) {
        var scan = JSONScan(metadata)
        var (person, party, isSystem): (Range<Int>?, Range<Int>?, Bool) = (nil, nil, false)
        try scan.object { (scan, name) throws(Problems) in
            if scan.holds(name, "person") {
                person = try scan.plainValue()
            } else if scan.holds(name, "party") {
                party = try scan.plainValue()
            } else if scan.holds(name, "role") {
                let role = try scan.plainValue()
                if let role { isSystem = scan.holds(role, "system") }
            } else {
                try scan.skip()
            }
        }
        guard !isSystem else { return }
        if let person { entry.resource = try scan.number(person, in: &columns.resourceNames) }
        if let party { entry.agency = try scan.number(party, in: &columns.agencyNames) }
    }

    private func readPayload(
        _ data: [UInt8],
        _ entry: inout EventColumns.Entry,
        _ columns: inout EventColumns
    ) throws(Problems) {
        var scan = JSONScan(data)
        var (place, value): (Range<Int>?, Range<Int>?) = (nil, nil)
        var marks: [Int] = []
        try scan.object { (scan, name) throws(Problems) in
            let member = try scan.plainValue()
            guard let member else { return }
            if scan.holds(name, "territory") { place = member }
            if scan.holds(name, reading) { value = member }
            for filter in filters where scan.holds(name, filter.name) {
                let text = try scan.string(member)
                if text == filter.value { marks.append(filter.bit) }
            }
        }
        if let place { entry.place = try scan.number(place, in: &columns.placeNames) }
        if let value { entry.reading = try scan.number(value, in: &columns.readingNames) }
        for bit in marks { columns.mark(entry.caseIndex, filter: bit) }
    }

    /// What shows that a step was done. Texts and photos may be sealed; that they are there can be seen all the same.
    static func evidence(_ data: [UInt8]) throws(Problems) -> EventColumns.Evidence {
        var scan = JSONScan(data)
        var (hasPhoto, hasOther) = (false, false)
        try scan.object { (scan, name) throws(Problems) in
            if scan.holds(name, "photo") { hasPhoto = true }
            if scan.holds(name, "text") || scan.holds(name, "figure") { hasOther = true }
            try scan.skip()
        }
        return hasPhoto && !hasOther ? .photoOnly : .other
    }
}
