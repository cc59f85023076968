import EventSourcing
import Foundation
import MusterDomain
import Records

/// Payloads as released versions of Muster wrote them: a file for each stored name and version, a document a line. They
/// are made once, when a version is new, and never changed: logs hold events like them for ever.
struct EncodingFixtures {
    static let released = EncodingFixtures(
        folder: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures").standardizedFileURL
    )

    let folder: URL

    /// Of every fixture, as `WhistleBlown/1`.
    func types() throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Set(files.map { $0.replacing(".jsonl", with: "").replacing(".v", with: "/") })
    }

    /// The documents of a type; nil when it has no fixture.
    func documents(of type: EventType) -> [[UInt8]]? {
        guard let data = try? Data(contentsOf: file(of: type)) else { return nil }
        return data.split(separator: UInt8(ascii: "\n")).map { Array($0) }
    }

    /// Makes the fixtures that are not there yet; those that are stay as they are.
    func add<Event: DomainEvent>(_ samples: [Event]) throws {
        let events = samples.compactMap { Event.table.encode($0) }
        for (type, events) in Dictionary(grouping: events, by: \.type) where documents(of: type) == nil {
            try Data(events.flatMap { $0.data + [UInt8(ascii: "\n")] }).write(to: file(of: type))
        }
    }

    /// Whatever keeps a table from reading all that was ever written, and writing on as it did.
    func problems<Event: DomainEvent>(of table: EventTable<Event>) -> [String] {
        table.descriptions.flatMap { description in
            description.encodings.flatMap { encoding in
                problems(of: encoding, in: table, isWritten: encoding.type == description.type)
            }
        }
    }

    private func problems<Event: DomainEvent>(
        of encoding: EventEncoding<Event>,
        in table: EventTable<Event>,
        isWritten: Bool
    ) -> [String] {
        guard let documents = documents(of: encoding.type), !documents.isEmpty else {
            return ["\(encoding.type) has no fixture"]
        }
        return documents.compactMap { document in
            do throws(Problems) {
                let event = try table.decode(encoding.type, document)
                if isWritten, event.flatMap({ table.encode($0) })?.data != document {
                    return "\(encoding.type) is written differently than its fixture"
                }
                return nil
            } catch {
                return "\(encoding.type) is not read: \(error.list.map { "\($0.pointer) \($0.code)" })"
            }
        }
    }

    private func file(of type: EventType) -> URL { folder.appending(path: "\(type.name).v\(type.version).jsonl") }
}

extension EventTable {
    /// Every stored name and version that is read.
    var types: [EventType] { descriptions.flatMap { $0.encodings.map(\.type) } }
}
