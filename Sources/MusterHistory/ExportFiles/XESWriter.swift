import EventSourcing

/// XES as IEEE 1849-2016 has it: a trace for each case, its events in the order of their times and then of the log.
///
/// The events of one case are held in memory until the case is written.
final class XESWriter: ExportWriter {
    private static let opening = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
        \t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
        \t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
        \t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
        \t<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
        \t<global scope="trace">
        \t\t<string key="concept:name" value=""/>
        \t</global>
        \t<global scope="event">
        \t\t<string key="concept:name" value=""/>
        \t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>
        \t\t<string key="lifecycle:transition" value="complete"/>
        \t</global>
        \t<classifier name="Activity" keys="concept:name"/>

        """

    private struct Event {
        let at: Timestamp
        let number: Int
        let text: String
    }

    private let output: ExportOutput
    private let head: ExportHead
    private let holdsBeginnings: Bool
    private var trace: (stream: String, opening: String)?
    private var events: [Event] = []
    private(set) var written = 0

    init(_ output: ExportOutput, _ head: ExportHead, _ catalogue: ExportCatalogue) {
        self.output = output
        self.head = head
        holdsBeginnings = catalogue.holdsBeginnings
    }

    var readsByStream: Bool { true }

    func begin(pass: Int) throws {
        try output.write(Self.opening)
        var text = ""
        Self.write("concept:name", .text(head.log), indent: "\t", to: &text)
        for member in head.members where member.name != "log" {
            Self.write("muster:\(member.name)", member.value, indent: "\t", to: &text)
        }
        try output.write(text)
    }

    func take(_ event: CleanEvent, _ items: [ExportItem]) throws {
        for item in items {
            let stream = event.stream
            if trace?.stream != stream {
                try endTrace()
                trace = (stream, Self.traceOpening(item))
            }
            events.append(Event(at: item.at, number: events.count, text: text(item)))
        }
    }

    func end(pass: Int) throws {
        try endTrace()
        try output.write("</log>\n")
    }

    private func endTrace() throws {
        guard let trace else { return }
        try output.write(trace.opening)
        events.sort { ($0.at, $0.number) < ($1.at, $1.number) }
        for event in events { try output.write(event.text) }
        try output.write("\t</trace>\n")
        written += events.count
        events.removeAll(keepingCapacity: true)
        self.trace = nil
    }

    private static func traceOpening(_ item: ExportItem) -> String {
        var text = "\t<trace>\n"
        var keys: Set<String> = []
        func put(_ key: String, _ value: ExportValue) {
            if keys.insert(key).inserted { write(key, value, indent: "\t\t", to: &text) }
        }
        // A stream that is alone in its category is called by it.
        put("concept:name", .text(item.caseID.isEmpty ? item.category : item.caseID))
        for attribute in item.caseAttributes { put(attribute.name, attribute.value) }
        return text
    }

    private func text(_ item: ExportItem) -> String {
        var text = "\t\t<event>\n"
        var keys: Set<String> = []
        func put(_ key: String, _ value: ExportValue?) {
            if let value, keys.insert(key).inserted { Self.write(key, value, indent: "\t\t\t", to: &text) }
        }
        put("concept:name", .text(item.activity))
        put("time:timestamp", .time(item.at))
        put("lifecycle:transition", .text("complete"))
        // As pm4py calls the beginning of an activity. It orders events by it and puts those without one last, so that where
        // some have a beginning all must: what is known stands in `muster:started`.
        if holdsBeginnings { put("start_timestamp", .time(item.started ?? item.at)) }
        put("org:resource", item.resource.map { .text($0) })
        put("org:group", item.agency.map { .text($0) })
        put("org:role", item.role.map { .text($0) })
        for attribute in item.attributes { put(attribute.name, attribute.value) }
        put("muster:event", .text(item.id))
        put("muster:started", item.started.map { .time($0) })
        put("muster:key", item.key.map { .text($0) })
        put("muster:position", .integer(item.position))
        put("muster:recorded", .time(item.recordedAt))
        put("muster:territory", item.territory.map { .text($0) })
        return text + "\t\t</event>\n"
    }

    private static func write(_ key: String, _ value: ExportValue, indent: String, to text: inout String) {
        let tag =
            switch value {
            case .text, .json: "string"
            case .integer: "int"
            case .number: "float"
            case .boolean: "boolean"
            case .time: "date"
            }
        // Keys are names of XML, which begin with no digit.
        let isName = key.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
        let name = isName ? key : "_\(key)"
        text += "\(indent)<\(tag) key=\"\(XMLEscape.attribute(name))\" value=\"\(XMLEscape.attribute(value.text))\"/>\n"
    }
}
