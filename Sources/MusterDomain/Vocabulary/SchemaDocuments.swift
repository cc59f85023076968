import EventSourcing
import Records

/// The published contracts: a JSON Schema for each command, each version of each kind of event, and each sort of task that
/// is delivered to a party, made from the same descriptions that decode them. The files under `schemas/` are these very bytes; a test holds them to it.
package enum SchemaDocuments {
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// By path below `schemas/`, as `commands/BlowWhistle.json`, `events/WhistleBlown.v1.json` and `tasks/MatterDelivery.json`.
    package static func all() -> [String: [UInt8]] {
        var documents: [String: [UInt8]] = [:]
        for entry in CommandCatalogue.all { documents["commands/\(entry.name).json"] = document(of: entry) }
        for kind in EventKind.all { add(kind, to: &documents) }
        for sort in TaskContent.sorts {
            let path = "tasks/\(sort.name).json"
            documents[path] = document(path, sort.words, help: nil, sort.fields) { _ in }
        }
        return documents
    }

    private static func add(_ kind: EventKind, to documents: inout [String: [UInt8]]) {
        for encoding in kind.encodings {
            let path = "events/\(encoding.type.name).v\(encoding.type.version).json"
            documents[path] = document(path, kind.words, help: nil, encoding.fields) { writer in
                guard encoding.fields.contains(where: \.isPersonal) else { return }
                writer.member("x-subject", kind.subject.text)
            }
        }
    }

    private static func document(of entry: CommandEntry) -> [UInt8] {
        document("commands/\(entry.name).json", entry.words, help: entry.help, entry.fields) { writer in
            writer.member("x-system", entry.system.rawValue)
            writer.name("x-roles")
            writer.beginArray()
            for role in entry.roles { writer.string(role.rawValue) }
            writer.endArray()
            writer.name("x-order")
            writer.boolean(entry.isOrder)
        }
    }

    private static func document(
        _ path: String,
        _ words: Words,
        help: Words?,
        _ fields: [FieldDescription],
        _ more: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        writer.member("$schema", dialect)
        writer.member("$id", path)
        writer.member("title", words.en)
        writer.member("x-title-zh", words.zh)
        if let help {
            writer.member("description", help.en)
            writer.member("x-description-zh", help.zh)
        }
        more(&writer)
        Schema.record(fields).writeKeywords(to: &writer)
        writer.endObject()
        return JSONLayout.indented(writer.bytes) + [UInt8(ascii: "\n")]
    }
}

extension PersonalSubject {
    /// `$actor`, `$resident`, or the name of a member.
    fileprivate var text: String {
        switch self {
        case .actor: "$actor"
        case .resident: "$resident"
        case .member(let name): name
        }
    }
}
