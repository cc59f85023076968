import EventSourcing
import Records

/// What an addressee did with a directive, and what reached them of it.
package enum AddressedDirectiveEvent: DomainEvent {
    // The largest payload is kept apart, so that facts of all other kinds stay small.
    indirect case received(DirectiveReceived)
    case acknowledged(ReceiptAcknowledged)
    case executed(ExecutionReported)
    case declaredInapplicable(InapplicabilityDeclared)
    case clarificationAsked(ClarificationAsked)
    case clarificationAnswered(ClarificationAnswered)
    case amended(AmendmentReceived)
    case recalled(RecallReceived)
    case superseded(SupersessionReceived)
    case ackOverdue(AckOverdue)
    case replyOverdue(ReplyOverdue)

    package static let table = EventTable<AddressedDirectiveEvent>([
        EventDescription(
            "DirectiveReceived",
            Words("Directive received", zh: "指令已送达"),
            DirectiveReceived.record,
            AddressedDirectiveEvent.received
        ) {
            if case .received(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReceiptAcknowledged",
            Words("Receipt acknowledged", zh: "指令已签收"),
            ReceiptAcknowledged.record,
            AddressedDirectiveEvent.acknowledged
        ) {
            if case .acknowledged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ExecutionReported",
            Words("Execution reported", zh: "落实情况已上报"),
            ExecutionReported.record,
            AddressedDirectiveEvent.executed
        ) {
            if case .executed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "InapplicabilityDeclared",
            Words("Declared inapplicable", zh: "已声明不适用"),
            InapplicabilityDeclared.record,
            AddressedDirectiveEvent.declaredInapplicable
        ) {
            if case .declaredInapplicable(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ClarificationAsked",
            Words("Clarification asked", zh: "已申请澄清"),
            ClarificationAsked.record,
            AddressedDirectiveEvent.clarificationAsked
        ) {
            if case .clarificationAsked(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ClarificationAnswered",
            Words("Clarification answered", zh: "澄清已答复"),
            ClarificationAnswered.record,
            AddressedDirectiveEvent.clarificationAnswered
        ) {
            if case .clarificationAnswered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AmendmentReceived",
            Words("Amendment received", zh: "修订已送达"),
            AmendmentReceived.record,
            AddressedDirectiveEvent.amended
        ) {
            if case .amended(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "RecallReceived",
            Words("Recall received", zh: "撤回已送达"),
            RecallReceived.record,
            AddressedDirectiveEvent.recalled
        ) {
            if case .recalled(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "SupersessionReceived",
            Words("Supersession received", zh: "取代已送达"),
            SupersessionReceived.record,
            AddressedDirectiveEvent.superseded
        ) {
            if case .superseded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AckOverdue",
            Words("Receipt overdue", zh: "逾期未签收"),
            AckOverdue.record,
            AddressedDirectiveEvent.ackOverdue
        ) {
            if case .ackOverdue(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReplyOverdue",
            Words("Reply overdue", zh: "逾期未答复"),
            ReplyOverdue.record,
            AddressedDirectiveEvent.replyOverdue
        ) {
            if case .replyOverdue(let payload) = $0 { payload } else { nil }
        },
    ])
}

extension AddressedDirectiveEvent {
    /// The directive it belongs to.
    package var directive: DirectiveID {
        switch self {
        case .received(let payload): payload.directive
        case .acknowledged(let payload): payload.directive
        case .executed(let payload): payload.directive
        case .declaredInapplicable(let payload): payload.directive
        case .clarificationAsked(let payload): payload.directive
        case .clarificationAnswered(let payload): payload.directive
        case .amended(let payload): payload.directive
        case .recalled(let payload): payload.directive
        case .superseded(let payload): payload.directive
        case .ackOverdue(let payload): payload.directive
        case .replyOverdue(let payload): payload.directive
        }
    }

    /// Whose copy it is of.
    package var addressee: Addressee {
        switch self {
        case .received(let payload): payload.addressee
        case .acknowledged(let payload): payload.addressee
        case .executed(let payload): payload.addressee
        case .declaredInapplicable(let payload): payload.addressee
        case .clarificationAsked(let payload): payload.addressee
        case .clarificationAnswered(let payload): payload.addressee
        case .amended(let payload): payload.addressee
        case .recalled(let payload): payload.addressee
        case .superseded(let payload): payload.addressee
        case .ackOverdue(let payload): payload.addressee
        case .replyOverdue(let payload): payload.addressee
        }
    }
}
