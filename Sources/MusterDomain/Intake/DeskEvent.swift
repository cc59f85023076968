import EventSourcing
import Records

/// What happened at the desks that take calls.
package enum DeskEvent: DomainEvent {
    case surgeDeclared(SurgeDeclared)
    case surgeEnded(SurgeEnded)
    case callAbandoned(CallAbandoned)
    case callBackExtended(CallBackExtended)
    case callReturned(CallReturned)
    case callOverdue(CallOverdue)

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
            "CallBackExtended",
            Words("More time to call back", zh: "回拨时限已放宽"),
            CallBackExtended.record,
            DeskEvent.callBackExtended
        ) {
            if case .callBackExtended(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CallReturned",
            Words("Called back", zh: "已回拨"),
            CallReturned.record,
            DeskEvent.callReturned
        ) {
            if case .callReturned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CallOverdue",
            Words("Call back overdue", zh: "回拨逾期"),
            CallOverdue.record,
            DeskEvent.callOverdue
        ) {
            if case .callOverdue(let payload) = $0 { payload } else { nil }
        },
    ])
}
