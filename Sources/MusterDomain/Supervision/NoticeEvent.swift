import EventSourcing
import Records

/// What happened to a notice.
package enum NoticeEvent: DomainEvent {
    case published(NoticePublished)
    case corrected(NoticeCorrected)
    case withdrawn(NoticeWithdrawn)
    case questioned(NoticeQuestioned)
    case confirmed(NoticeConfirmed)
    case correctionMissed(NoticeCorrectionMissed)

    package var notice: NoticeID {
        switch self {
        case .published(let payload): payload.notice
        case .corrected(let payload): payload.notice
        case .withdrawn(let payload): payload.notice
        case .questioned(let payload): payload.notice
        case .confirmed(let payload): payload.notice
        case .correctionMissed(let payload): payload.notice
        }
    }

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
        EventDescription(
            "NoticeQuestioned",
            Words("Notice questioned", zh: "公告被指有误"),
            NoticeQuestioned.record,
            NoticeEvent.questioned
        ) {
            if case .questioned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "NoticeConfirmed",
            Words("Notice confirmed", zh: "公告已确认"),
            NoticeConfirmed.record,
            NoticeEvent.confirmed
        ) {
            if case .confirmed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "NoticeCorrectionMissed",
            Words("Correction of a notice missed", zh: "公告未按时更正"),
            NoticeCorrectionMissed.record,
            NoticeEvent.correctionMissed
        ) {
            if case .correctionMissed(let payload) = $0 { payload } else { nil }
        },
    ])
}
