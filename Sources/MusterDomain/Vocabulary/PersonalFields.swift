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
        add(AuthorityEvent.table, to: &all)
        add(TerritoryEvent.table, to: &all)
        add(GridWorkerEvent.table, to: &all)
        add(HouseholdEvent.table, to: &all)
        add(ReportEvent.table, to: &all)
        add(MatterEvent.table, to: &all)
        add(InquiryEvent.table, to: &all)
        add(NoticeEvent.table, to: &all)
        add(AppraisalEvent.table, to: &all)
        add(PrivacyEvent.table, to: &all)
        add(DirectiveEvent.table, to: &all)
        add(AddressedDirectiveEvent.table, to: &all)
        add(IncidentEvent.table, to: &all)
        add(PlaybookEvent.table, to: &all)
        add(DataEvent.table, to: &all)
        add(DirectReportEvent.table, to: &all)
        add(DeskEvent.table, to: &all)
        return all
    }()

    private static func add<Event>(_ table: EventTable<Event>, to all: inout [EventType: PersonalFields]) {
        for description in table.descriptions {
            for encoding in description.encodings {
                let fields = PersonalFields(description.subject, encoding.fields)
                if !fields.erased.isEmpty { all[encoding.type] = fields }
            }
        }
    }

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
