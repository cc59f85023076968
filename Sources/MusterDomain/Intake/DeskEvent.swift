import EventSourcing
import Records

/// What happened at the desks that take calls.
package enum DeskEvent: DomainEvent {
    case surgeDeclared(SurgeDeclared)
    case surgeEnded(SurgeEnded)
    case callAbandoned(CallAbandoned)
    case callReturned(CallReturned)

    package static let table = EventTable<DeskEvent>([
        EventDescription(
            "SurgeDeclared",
            Words("Surge declared", zh: "已启动激增应对"),
            SurgeDeclared.record,
            DeskEvent.surgeDeclared
        ) {
            if case .surgeDeclared(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "SurgeEnded",
            Words("Surge ended", zh: "激增应对已结束"),
            SurgeEnded.record,
            DeskEvent.surgeEnded
        ) {
            if case .surgeEnded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CallAbandoned",
            subject: .member("caller"),
            Words("Caller hung up", zh: "来电放弃"),
            CallAbandoned.record,
            DeskEvent.callAbandoned
        ) {
            if case .callAbandoned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CallReturned",
            Words("Called back", zh: "已回拨"),
            CallReturned.record,
            DeskEvent.callReturned
        ) {
            if case .callReturned(let payload) = $0 { payload } else { nil }
        },
    ])
}
