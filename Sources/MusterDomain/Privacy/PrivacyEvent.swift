import EventSourcing
import Records

/// What happened to what is known of persons.
package enum PrivacyEvent: DomainEvent {
    case subjectKeyErased(SubjectKeyErased)

    package static let table = EventTable<PrivacyEvent>([
        EventDescription(
            "SubjectKeyErased",
            Words("Person erased", zh: "个人信息已删除"),
            SubjectKeyErased.record,
            PrivacyEvent.subjectKeyErased
        ) {
            if case .subjectKeyErased(let payload) = $0 { payload } else { nil }
        }
    ])
}
