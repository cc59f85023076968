import EventSourcing

/// The objects of an OCEL log that its events refer to: types of all, and attributes of those that are cases.
///
/// They stand before or behind the events, so that they are read first and held in memory.
final class OCELObjects {
    static let maximumObjects = 2_000_000
    static let maximumIDBytes = 400
    /// Bytes of ids and attributes together.
    private static let maximumBytes = 256 << 20

    struct Value {
        /// When the object took on the value, as the log says it; empty when it always had it.
        let time: String
        let value: String
    }

    /// The type of the objects that are cases; nil when the log names none.
    let caseType: String?
    private(set) var count = 0
    /// Attributes by `case:` and their name that rows have; nil for all.
    private let columns: Set<String>?
    private var types: [String] = []
    private var typeNumbers: [String: Int32] = [:]
    private var typeOfObject: [ExactText: Int32] = [:]
    private var attributes: [ExactText: [String: [Value]]] = [:]
    private var byteCount = 0

    init(caseType: String?, columns: [String]?) {
        self.caseType = caseType
        self.columns = columns.map { Set($0) }
    }

    /// Counts objects of a type that is asked for, or all.
    func count(ofType type: String) -> Int {
        guard let number = typeNumbers[type] else { return 0 }
        return typeOfObject.values.count(where: { $0 == number })
    }

    func type(of object: String) -> String? { typeOfObject[ExactText(object)].map { types[Int($0)] } }

    func isCase(_ object: String) -> Bool { caseType != nil && type(of: object) == caseType }

    /// - Throws: when there are more objects than are held.
    func add(_ id: String, type: String) throws(FormFault) {
        byteCount += id.utf8.count
        guard typeOfObject.count < Self.maximumObjects, byteCount <= Self.maximumBytes,
            id.utf8.count <= Self.maximumIDBytes, type.utf8.count <= Self.maximumIDBytes
        else { throw .tooManyObjects(Self.maximumObjects) }
        count += 1
        if let number = typeNumbers[type] {
            typeOfObject[ExactText(id)] = number
        } else {
            typeNumbers[type] = Int32(types.count)
            typeOfObject[ExactText(id)] = Int32(types.count)
            types.append(type)
        }
    }

    func addValue(of object: String, _ name: String, _ value: Value) throws(FormFault) {
        guard isCase(object), columns?.contains("case:\(name)") ?? true else { return }
        byteCount += name.utf8.count + value.value.utf8.count + value.time.utf8.count
        guard byteCount <= Self.maximumBytes else { throw .tooManyObjects(Self.maximumObjects) }
        attributes[ExactText(object), default: [:]][name, default: []].append(value)
    }

    /// What is known of a case at a time, by the names of its attributes.
    ///
    /// - Parameter time: as the log writes times, which are then of the same form; a value of another form is the
    ///   earlier one.
    func values(of object: String, at time: String) -> [(name: String, value: String)] {
        guard let attributes = attributes[ExactText(object)] else { return [] }
        return attributes.keys.sorted().compactMap { name in
            var best: Value?
            for value in attributes[name] ?? [] where Self.sortable(value.time) <= Self.sortable(time) {
                if let held = best, Self.sortable(held.time) > Self.sortable(value.time) { continue }
                best = value
            }
            return best.map { (name, $0.value) }
        }
    }

    /// Digits of date and time alone, so that `T` and a space, or zeros behind the point, make no difference.
    private static func sortable(_ time: String) -> String {
        String(time.prefix(19).filter(\.isNumber))
    }
}

/// An event of an OCEL log, and the objects it refers to.
struct OCELEvent {
    struct Relation {
        let object: String
        let qualifier: String
    }

    var id = ""
    var type = ""
    var time = ""
    var attributes: [(name: String, value: String)] = []
    var relations: [Relation] = []
    var line = 1
}

/// Makes the rows of events: one for each object of the case type that an event refers to, or one for each event where
/// the mapping names no case type.
///
/// Columns are named as other tools name them when they flatten such a log: `ocel:eid`, `concept:name`,
/// `time:timestamp`, the event's attributes by their names, `case:concept:name`, `case:ocel:type` and `case:NAME` of the
/// object; also `ocel:qualifier`, `ocel:objects` with all objects of the event, and `ocel:type:TYPE` with those of a type.
struct OCELRowMaker {
    private(set) var builder: RowBuilder
    let objects: OCELObjects
    private(set) var line = 1
    private var event = OCELEvent()
    private var cases: [OCELEvent.Relation] = []
    private var nextCase = 0
    private var mark: RowBuilder.Mark?
    private var hasRow = false

    init(builder: RowBuilder, objects: OCELObjects) {
        self.builder = builder
        self.objects = objects
    }

    /// Takes an event, whose rows come next.
    mutating func take(_ event: OCELEvent) {
        self.event = event
        line = event.line
        builder.reset()
        for attribute in event.attributes { builder.set(attribute.name, attribute.value) }
        builder.set("ocel:eid", event.id)
        builder.set("concept:name", event.type)
        builder.set("time:timestamp", event.time)
        // In an order of their own, so that the encodings, not all of which keep one, give the same rows.
        let relations = event.relations.sorted { ($0.object, $0.qualifier) < ($1.object, $1.qualifier) }
        for relation in relations {
            builder.add("ocel:objects", relation.object)
            if let type = objects.type(of: relation.object) { builder.add("ocel:type:\(type)", relation.object) }
        }
        cases = []
        nextCase = 0
        hasRow = objects.caseType == nil
        var seen: Set<ExactText> = []
        for relation in relations where objects.isCase(relation.object) {
            if seen.insert(ExactText(relation.object)).inserted { cases.append(relation) }
        }
        mark = builder.mark()
    }

    /// The next row of the event, or nil when it has no more.
    mutating func next() -> RowStep? {
        if hasRow {
            hasRow = false
            return row()
        }
        guard nextCase < cases.count else { return nil }
        let relation = cases[nextCase]
        nextCase += 1
        builder.reset(to: mark)
        builder.set("case:concept:name", relation.object)
        builder.set("case:ocel:type", objects.caseType ?? "")
        builder.set("ocel:qualifier", relation.qualifier)
        for attribute in objects.values(of: relation.object, at: event.time) {
            builder.set("case:\(attribute.name)", attribute.value)
        }
        return row()
    }

    private mutating func row() -> RowStep {
        guard !builder.isTooLong else { return .fault(.tooLong) }
        builder.build()
        return .row
    }
}
