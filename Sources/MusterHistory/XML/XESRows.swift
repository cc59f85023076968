/// The events of an XES log ([IEEE 1849](https://xes-standard.org)), one row each.
///
/// Attributes of the event are columns by their key, those of its trace by `case:` and their key, as other tools name
/// them; an attribute within another follows it behind a dot. `@index` counts the events of a trace, `case:@index` the
/// traces of the file, from 1, since neither must have an id.
struct XESRows: XMLHandler {
    private enum Place {
        case log, trace, event
        /// An attribute, with the path of the attributes around it and itself.
        case attribute(String)
        /// Something that says nothing of an event.
        case other
    }

    private static let attributeNames: Set<String> = [
        "string", "date", "int", "float", "boolean", "id", "list", "container",
    ]
    /// Bytes of the attributes of a trace, which each of its events repeats.
    private static let maximumTraceBytes = 64 << 10

    private var builder: RowBuilder
    private var queue = RowQueue()
    private var places: [Place] = []
    private var traceMark: RowBuilder.Mark?
    private var traces = 0
    private var events = 0
    private var isInEvent = false
    private var eventLine = 1

    init(builder: RowBuilder) { self.builder = builder }

    var columns: [String] { builder.columns }
    var bytes: [UInt8] { queue.bytes }
    var fields: [Range<Int>] { queue.fields }
    var line: Int { queue.line }

    mutating func start(_ element: XMLElement) throws(FormFault) {
        guard let place = places.last else {
            guard element.name == "log" else { throw .root(found: element.name, expected: .xes) }
            places.append(.log)
            return
        }
        switch place {
        case .log where element.name == "trace":
            traces += 1
            events = 0
            builder.reset()
            builder.set("case:@index", String(traces))
            traceMark = builder.mark()
            places.append(.trace)
        case .log where element.name == "event", .trace where element.name == "event":
            events += 1
            isInEvent = true
            eventLine = element.line
            builder.reset(to: traceMark)
            builder.set("@index", String(events))
            places.append(.event)
        case .trace, .event, .attribute:
            places.append(attribute(element, in: place))
        case .log, .other:
            places.append(.other)
        }
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}

    mutating func end() throws(FormFault) {
        switch places.popLast() {
        case .event:
            isInEvent = false
            queue.put(builder, line: eventLine)
            builder.reset(to: traceMark)
        case .trace:
            traceMark = nil
            builder.reset()
        case .log, .attribute, .other, nil: break
        }
    }

    mutating func finish() throws(FormFault) {}

    mutating func next() -> RowStep? { queue.next() }

    private mutating func attribute(_ element: XMLElement, in place: Place) -> Place {
        let path: String
        switch place {
        // The values of a list are its own, and what holds them has no key.
        case .attribute(let outer) where element.name == "values": return .attribute(outer)
        case .attribute(let outer): path = outer + "."
        case .trace: path = "case:"
        case .event, .log, .other: path = ""
        }
        guard Self.attributeNames.contains(element.name), let key = element.text("key") else { return .other }
        let name = path + key
        if let value = element["value"] {
            builder.add(name, value)
            if !isInEvent { keepForTrace() }
        }
        return .attribute(name)
    }

    /// What a trace says after its first event holds for the events that follow.
    private mutating func keepForTrace() {
        let mark = builder.mark()
        guard mark.byteCount <= Self.maximumTraceBytes else {
            if let traceMark { builder.reset(to: traceMark) }
            return
        }
        traceMark = mark
    }
}
