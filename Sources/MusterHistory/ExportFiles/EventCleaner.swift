import EventSourcing
import MusterDomain
import Records

/// Takes out of events what says something of a person, and puts pseudonyms for their names; or, where a purpose was named,
/// leaves them as they are.
///
/// Without a purpose a personal member is left out whoever said it and whether it can still be read or not: what leaves the
/// log is the same before and after somebody was erased.
final class EventCleaner {
    private static let sealedOpening = Array(#"{"enc1":""#.utf8)

    private let catalogue: ExportCatalogue
    private let pseudonyms: Pseudonyms
    private let isNamed: Bool

    /// - Parameter isNamed: whether a purpose was named; then events come in clear.
    init(catalogue: ExportCatalogue, pseudonyms: Pseudonyms, isNamed: Bool) {
        self.catalogue = catalogue
        self.pseudonyms = pseudonyms
        self.isNamed = isNamed
    }

    func clean(_ event: RecordedEvent) throws -> CleanEvent {
        do throws(Problems) {
            let metadata = try metadata(event.metadata)
            let shape = event.type == ImportEventType.row && !isNamed ? try catalogue.shape(ofRow: event.data) : nil
            let hasPersonalKey = shape.map(catalogue.hasPersonalKey) == true
            var clean = CleanEvent(
                position: event.position.rawValue,
                category: String(event.stream.category),
                streamID: streamID(event),
                version: event.version.rawValue,
                // The id of an imported row is made of its key.
                id: hasPersonalKey ? pseudonyms.pseudonym(of: event.id.description) : event.id.description,
                type: event.type,
                occurredAt: event.occurredAt,
                recordedAt: event.recordedAt,
                data: try data(event, shape)
            )
            clean.party = metadata["party"]
            clean.role = metadata["role"]
            clean.territory = metadata["territory"]
            clean.correlation = metadata["correlation"]
            clean.causation = metadata["causation"]
            clean.person = metadata["person"].map { person in
                let isNobody = clean.role == Role.system.rawValue || person == "anonymous"
                return isNobody ? person : name(person)
            }
            return clean
        } catch {
            throw ExportFileError.unreadable(position: event.position.rawValue)
        }
    }

    private func name(_ person: String) -> String { isNamed ? person : pseudonyms.pseudonym(of: person) }

    private func metadata(_ bytes: [UInt8]) throws(Problems) -> [String: String] {
        var texts: [String: String] = [:]
        var reader = JSONReader(bytes)
        for member in try reader.members() {
            var value = reader.at(member.start)
            if value.peek() == .string { texts[member.name] = try value.string() }
        }
        return texts
    }

    /// The name of a stream of imported rows, or of one that is named for no person.
    func clean(_ stream: StreamName) -> StreamName {
        guard stream.category == "case", catalogue.hasPersonalCases else { return stream }
        return StreamName(category: "case", id: name(String(stream.id)))
    }

    /// The ids of some categories of streams name a person.
    private func streamID(_ event: RecordedEvent) -> String {
        let id = String(event.stream.id)
        switch event.stream.category {
        case "person": return name(id)
        case "case" where event.type == ImportEventType.row: return String(clean(event.stream).id)
        case "case":
            var parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            if parts.count > 1, !parts[1].isEmpty { parts[1] = name(parts[1]) }
            return parts.joined(separator: "/")
        default: return id
        }
    }

    // MARK: Data

    /// - Parameter shape: of an imported row that is to be cleaned.
    private func data(_ event: RecordedEvent, _ shape: ExportCatalogue.Shape?) throws(Problems) -> [UInt8] {
        if let shape { return try row(event.data, shape) }
        if ImportEventType.isImport(event.type) { return event.data }
        let fields = EventFields.of(event.type)
        if isNamed { return try marked(event.data) }
        guard let fields else { return Array("{}".utf8) }
        if fields.personal.isEmpty, !fields.members.values.contains(where: \.namesPeople) { return event.data }
        var reader = JSONReader(event.data)
        var writer = JSONWriter(capacity: event.data.count)
        writer.beginObject()
        for member in try reader.members() {
            // A sealed value that the descriptions do not know of stays in the log all the same.
            guard !fields.personal.contains(member.name), !isSealed(event.data, at: member.start) else { continue }
            writer.name(member.name)
            try copy(reader.at(member.start), fields.members[member.name], to: &writer)
        }
        writer.endObject()
        return writer.bytes
    }

    /// An imported row, with pseudonyms for what its mapping calls personal.
    private func row(_ data: [UInt8], _ shape: ExportCatalogue.Shape) throws(Problems) -> [UInt8] {
        let hasPersonalKey = catalogue.hasPersonalKey(shape)
        if shape.personal?.isEmpty == true, !hasPersonalKey { return data }
        var reader = JSONReader(data)
        var writer = JSONWriter(capacity: data.count)
        writer.beginObject()
        for member in try reader.members() {
            writer.name(member.name)
            var value = reader.at(member.start)
            switch member.name {
            case "key" where hasPersonalKey:
                writer.string(pseudonyms.pseudonym(of: try value.string()))
            case "attributes":
                writer.beginObject()
                for attribute in try value.members() {
                    writer.name(attribute.name)
                    let content = value.at(attribute.start)
                    if shape.isPersonal(attribute.name), let content = try ExportValue(content) {
                        writer.string(pseudonyms.pseudonym(of: content.text))
                    } else {
                        try copy(content, nil, to: &writer)
                    }
                }
                writer.endObject()
            default: try copy(value, nil, to: &writer)
            }
        }
        writer.endObject()
        return writer.bytes
    }

    /// The data with what could not be decrypted marked as such.
    private func marked(_ data: [UInt8]) throws(Problems) -> [UInt8] {
        var reader = JSONReader(data)
        let members = try reader.members()
        guard members.contains(where: { isSealed(data, at: $0.start) }) else { return data }
        var writer = JSONWriter(capacity: data.count)
        writer.beginObject()
        for member in members {
            writer.name(member.name)
            if isSealed(data, at: member.start) {
                writer.string("[sealed]")
            } else {
                try copy(reader.at(member.start), nil, to: &writer)
            }
        }
        writer.endObject()
        return writer.bytes
    }

    private func isSealed(_ data: [UInt8], at start: Int) -> Bool { data[start...].starts(with: Self.sealedOpening) }

    /// Copies a value with pseudonyms in the places of names.
    private func copy(
        _ source: JSONReader,
        _ node: EventFields.Node?,
        to writer: inout JSONWriter
    ) throws(Problems) {
        var reader = source
        let kind = reader.peek()
        guard let node, node.namesPeople, kind == .string || kind == .array || kind == .object else {
            let start = reader.index
            try reader.skipValue()
            writer.json(reader.bytes[start..<reader.index])
            return
        }
        switch kind {
        case .string:
            writer.string(name(try reader.string()))
        case .array:
            writer.beginArray()
            try reader.array { (element, _) throws(Problems) in
                try copy(element, node, to: &writer)
                try element.skipValue()
            }
            writer.endArray()
        default:
            writer.beginObject()
            for member in try reader.members() {
                writer.name(member.name)
                try copy(reader.at(member.start), node.members[member.name], to: &writer)
            }
            writer.endObject()
        }
    }
}

extension ImportEventType {
    /// Whether events of a type are made by imports: they hold what the analyst brought. Rows alone may name somebody.
    static func isImport(_ type: EventType) -> Bool { type == row || type == started || type == finished }
}
