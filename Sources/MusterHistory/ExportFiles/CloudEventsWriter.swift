import EventSourcing
import Records

/// Each event of the log as a [CloudEvent](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md)
/// in a line of its own, in the order of the log: nothing is left out besides what says something of a person.
final class CloudEventsWriter: ExportWriter {
    private let output: ExportOutput
    private let source: String
    private let isNamed: Bool
    private(set) var written = 0

    init(_ output: ExportOutput, _ head: ExportHead) {
        self.output = output
        source = "/v1/logs/\(head.log)"
        isNamed = head.purpose != nil
    }

    func take(_ event: CleanEvent, _ items: [ExportItem]) throws {
        var writer = JSONWriter(capacity: event.data.count + 700)
        writer.beginObject()
        writer.member("specversion", "1.0")
        writer.member("id", event.id)
        writer.member("source", source)
        writer.member("type", event.type.name)
        writer.member("subject", event.stream)
        writer.member("time", event.occurredAt.exported)
        writer.member("dataschema", "urn:muster:events:\(event.type.name).v\(event.type.version)")
        writer.member("datacontenttype", "application/json")
        // Names of extensions are lower-case letters and digits; a position may be more than their integers hold.
        writer.member("position", String(event.position))
        writer.name("streamversion")
        writer.integer(event.version)
        writer.member("recordedtime", event.recordedAt.exported)
        for (name, value) in [
            ("person", event.person), ("party", event.party), ("role", event.role), ("territory", event.territory),
            ("correlation", event.correlation), ("causation", event.causation),
        ] {
            if let value { writer.member(name, value) }
        }
        writer.name("data")
        writer.json(event.data)
        writer.endObject()
        try output.write(writer.bytes)
        try output.write(CollectionOfOne(0x0A))
        written += 1
    }

    func end(pass: Int) throws {}
}
