package import EventSourcing
import Records

/// Which fields of a kind of event are personal, and whose they are (R16.1).
package struct PersonalFields: Sendable {
    /// What a text reads as when the key of its person is destroyed.
    package static let erasedText = "[erased]"

    package let subject: PersonalSubject
    /// By name: what each reads as when its person's key is destroyed, as JSON text. A text says so; anything else is as
    /// good as missing.
    package let erased: [String: [UInt8]]

    /// Nil for a kind of event that has none, or that this build does not know.
    package static func of(_ type: EventType) -> PersonalFields? { all[type] }

    /// Every kind of event that has personal fields.
    package static let all: [EventType: PersonalFields] = {
        var all: [EventType: PersonalFields] = [:]
        for kind in EventKind.all {
            for encoding in kind.encodings {
                let fields = PersonalFields(kind.subject, encoding.fields)
                if !fields.erased.isEmpty { all[encoding.type] = fields }
            }
        }
        return all
    }()

    private init(_ subject: PersonalSubject, _ fields: [FieldDescription]) {
        self.subject = subject
        var erased: [String: [UInt8]] = [:]
        for field in fields where field.isPersonal {
            var writer = JSONWriter(capacity: 16)
            if case .text = field.schema { writer.string(Self.erasedText) } else { writer.null() }
            erased[field.name] = writer.bytes
        }
        self.erased = erased
    }
}
