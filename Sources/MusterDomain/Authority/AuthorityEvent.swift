import EventSourcing
import Records

/// What happened to parties, posts, responsibility lists and measures.
package enum AuthorityEvent: DomainEvent {
    case partyRegistered(PartyRegistered)
    case personAppointed(PersonAppointed)
    case appointmentEnded(AppointmentEnded)
    case responsibilityListPublished(ResponsibilityListPublished)
    case measureIssued(MeasureIssued)

    package static let table = EventTable<AuthorityEvent>([
        EventDescription(
            "PartyRegistered",
            Words("Party registered", zh: "单位已登记"),
            PartyRegistered.record,
            AuthorityEvent.partyRegistered
        ) {
            if case .partyRegistered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "PersonAppointed",
            Words("Person appointed", zh: "人员已任命"),
            PersonAppointed.record,
            AuthorityEvent.personAppointed
        ) {
            if case .personAppointed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AppointmentEnded",
            Words("Appointment ended", zh: "任职已结束"),
            AppointmentEnded.record,
            AuthorityEvent.appointmentEnded
        ) {
            if case .appointmentEnded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ResponsibilityListPublished",
            Words("Responsibility list published", zh: "责任清单已发布"),
            ResponsibilityListPublished.record,
            AuthorityEvent.responsibilityListPublished
        ) {
            if case .responsibilityListPublished(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MeasureIssued",
            Words("Measure issued", zh: "措施已发布"),
            MeasureIssued.record,
            AuthorityEvent.measureIssued
        ) {
            if case .measureIssued(let payload) = $0 { payload } else { nil }
        },
    ])
}
