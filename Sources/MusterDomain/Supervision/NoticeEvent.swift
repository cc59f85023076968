import EventSourcing
import Records

/// What happened to a notice.
package enum NoticeEvent: DomainEvent {
    case published(NoticePublished)
    case corrected(NoticeCorrected)
    case withdrawn(NoticeWithdrawn)

    package static let table = EventTable<NoticeEvent>([
        EventDescription(
            "NoticePublished",
            Words("Notice published", zh: "公告已发布"),
            NoticePublished.record,
            NoticeEvent.published
        ) {
            if case .published(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "NoticeCorrected",
            Words("Notice corrected", zh: "公告已更正"),
            NoticeCorrected.record,
            NoticeEvent.corrected
        ) {
            if case .corrected(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "NoticeWithdrawn",
            Words("Notice withdrawn", zh: "公告已撤回"),
            NoticeWithdrawn.record,
            NoticeEvent.withdrawn
        ) {
            if case .withdrawn(let payload) = $0 { payload } else { nil }
        },
    ])
}
