import EventSourcing
import Records

/// What happened to playbooks.
package enum PlaybookEvent: DomainEvent {
    case published(PlaybookPublished)

    package static let table = EventTable<PlaybookEvent>([
        EventDescription(
            "PlaybookPublished",
            Words("Playbook published", zh: "预案已发布"),
            PlaybookPublished.record,
            PlaybookEvent.published
        ) {
            if case .published(let payload) = $0 { payload } else { nil }
        }
    ])
}
