import EventSourcing
import Records

/// What happened to a directive at its source.
package enum DirectiveEvent: DomainEvent {
    // The largest payloads are kept apart, so that facts of all other kinds stay small.
    indirect case issued(DirectiveIssued)
    indirect case relayed(DirectiveRelayed)
    case amended(DirectiveAmended)
    case recalled(DirectiveRecalled)
    case superseded(DirectiveSuperseded)
    case relayBroken(RelayBroken)
    case contradictionFound(ContradictionFound)

    package static let table = EventTable<DirectiveEvent>([
        EventDescription(
            "DirectiveIssued",
            Words("Directive issued", zh: "指令已发布"),
            DirectiveIssued.record,
            DirectiveEvent.issued
        ) {
            if case .issued(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DirectiveRelayed",
            Words("Directive relayed", zh: "指令已转发"),
            DirectiveRelayed.record,
            DirectiveEvent.relayed
        ) {
            if case .relayed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DirectiveAmended",
            Words("Directive amended", zh: "指令已修订"),
            DirectiveAmended.record,
            DirectiveEvent.amended
        ) {
            if case .amended(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DirectiveRecalled",
            Words("Directive recalled", zh: "指令已撤回"),
            DirectiveRecalled.record,
            DirectiveEvent.recalled
        ) {
            if case .recalled(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DirectiveSuperseded",
            Words("Directive superseded", zh: "指令已被取代"),
            DirectiveSuperseded.record,
            DirectiveEvent.superseded
        ) {
            if case .superseded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "RelayBroken",
            Words("Relay broken", zh: "转发中断"),
            RelayBroken.record,
            DirectiveEvent.relayBroken
        ) {
            if case .relayBroken(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ContradictionFound",
            Words("Directives contradict", zh: "指令相互矛盾"),
            ContradictionFound.record,
            DirectiveEvent.contradictionFound
        ) {
            if case .contradictionFound(let payload) = $0 { payload } else { nil }
        },
    ])
}

extension DirectiveEvent {
    /// The directive it belongs to.
    package var directive: DirectiveID {
        switch self {
        case .issued(let payload): payload.directive
        case .relayed(let payload): payload.directive
        case .amended(let payload): payload.directive
        case .recalled(let payload): payload.directive
        case .superseded(let payload): payload.directive
        case .relayBroken(let payload): payload.directive
        case .contradictionFound(let payload): payload.directive
        }
    }
}
