package import EventSourcing
import Foundation
import MusterDomain
import Records

/// Events of every kind there is, for tests of what must hold whatever happens. They are the documents by which encodings are
/// held as they were released, so that a new kind of event is among them by itself.
package enum ReleasedEvents {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Tests/MusterDomainTests/Fixtures").standardizedFileURL

    /// An append for each document, in the order of the tables and then all over again, so that nothing is a beginning alone:
    /// a minute apart, every fifth told half an hour late.
    ///
    /// Nobody decided them: they follow each other in orders that no decider would allow.
    package static func appends(from start: Timestamp) throws -> [Append] {
        let events = try EventKind.all.flatMap { kind in try kind.encodings.prefix(1).flatMap { try released($0) } }
        return (events + events).enumerated().map { index, event in
            let command = CommandID(UniqueID(version8From: (7, UInt64(index + 1))))
            let metadata = EventMetadata(actor: .system(in: TerritoryID("he")), correlation: command, causation: nil)
            let late: Duration = index.isMultiple(of: 5) ? .seconds(1_800) : .zero
            return Append(
                command: command,
                occurredAt: start + .seconds(60 * index) - late,
                metadata: EventMetadata.record.encode(metadata),
                writes: [StreamWrite(stream: event.stream, expected: .any, events: [event.event])]
            )
        }
    }

    private static func released(_ encoding: EventEncoding<AnyEvent>) throws -> [(stream: StreamName, event: NewEvent)]
    {
        let file = folder.appending(path: "\(encoding.type.name).v\(encoding.type.version).jsonl")
        return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { document in
            let data = Array(document)
            // Clocks are kept by the matter's stream.
            var stream = StreamName(category: "sample", id: encoding.type.name)
            if case .matter(let event) = try encoding.decode(data) { stream = Matter.stream(event.matter) }
            return (stream, NewEvent(type: encoding.type, data: data))
        }
    }
}
