import EventSourcing
import MusterDomain
import Records

/// What the members of one kind of event are to an export: what says something of a person, what names one, and what names
/// something else that events share. It follows from the events' descriptions.
struct EventFields: Sendable {
    /// What a member is, and what is in it.
    final class Node: Sendable {
        enum Kind: Hashable, Sendable {
            /// Names an object of a type.
            case name(of: String)
            case time
        }

        let kind: Kind?
        let members: [String: Node]
        /// Whether people are named somewhere in it.
        let namesPeople: Bool

        init?(_ schema: Schema) {
            switch schema {
            case .formatted(let format, _, _, let hint):
                guard let kind = EventFields.kind(format: format, hint: hint) else { return nil }
                self.kind = kind
                members = [:]
                namesPeople = kind == .name(of: ExportObjects.person)
            case .list(let element, _, _):
                guard let node = Node(element) else { return nil }
                (kind, members, namesPeople) = (node.kind, node.members, node.namesPeople)
            case .record(let fields):
                kind = nil
                members = EventFields.members(fields)
                namesPeople = members.values.contains(where: \.namesPeople)
            case .boolean, .integer, .number, .text, .choice:
                return nil
            }
        }
    }

    /// The members that say something of a person.
    let personal: Set<String>
    let members: [String: Node]

    init(_ fields: [FieldDescription]) {
        personal = Set(fields.filter(\.isPersonal).map(\.name))
        members = Self.members(fields)
    }

    private static func members(_ fields: [FieldDescription]) -> [String: Node] {
        var members: [String: Node] = [:]
        for field in fields { members[field.name] = Node(field.schema) }
        return members
    }

    private static func kind(format: String?, hint: String) -> Node.Kind? {
        if format == "date-time" { return .time }
        return ExportObjects.typeByHint[hint].map { .name(of: $0) }
    }

    /// Nil for a kind of event that this build does not know; an export then holds nothing of its data.
    static func of(_ type: EventType) -> EventFields? { all[type] }

    static let all: [EventType: EventFields] = {
        var all: [EventType: EventFields] = [:]
        for kind in EventKind.all {
            for encoding in kind.encodings { all[encoding.type] = EventFields(encoding.fields) }
        }
        return all
    }()
}
