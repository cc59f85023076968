import EventSourcing
import Records

/// What many decisions ask of a directive as an addressee has it.
extension AddressedDirective {
    /// More questions than this are refused: something else is wrong then.
    static let maximumQuestions = 100

    /// It is here, and the actor speaks for whom it is for.
    func requireReceipt(
        of addressee: Addressee,
        _ context: Context
    ) throws(Rejection) -> (
        receipt: Receipt, current: DirectiveVersion
    ) {
        guard let receipt, let current else { throw .notAddressed(addressee) }
        try context.requireSpeaks(for: addressee)
        return (receipt, current)
    }

    /// The same for those who are to act on it, at a time at which it stood: late reports of what was done before its end
    /// are taken (R0.3).
    func requireDuty(of addressee: Addressee, _ context: Context) throws(Rejection) -> DirectiveVersion {
        let (receipt, current) = try requireReceipt(of: addressee, context)
        if receipt.isCopy { throw .forInformation }
        switch ending {
        case .recalled(let time): if time <= context.occurredAt { throw .recalled }
        case .superseded(let directive, let time):
            if time <= context.occurredAt { throw .superseded(by: directive) }
        case nil: break
        }
        if context.occurredAt + context.limits.clockAhead < receipt.receivedAt {
            throw Rejection(
                rule: "S4",
                reason: "before-receipt",
                Words(
                    "\(addressee.text) did not have the directive before \(receipt.receivedAt).",
                    zh: "\(addressee.text) 在 \(receipt.receivedAt) 之前尚未收到该指令。"
                )
            )
        }
        return current
    }

    /// Nobody answers a text before its receipt is acknowledged (S4).
    func requireAcknowledged(_ version: Int) throws(Rejection) {
        if acknowledged == 0 { throw .notAcknowledged }
        guard acknowledged >= version else {
            throw Rejection(
                rule: "R4.5",
                reason: "acknowledge-again",
                Words("Version \(version) was not acknowledged yet.", zh: "第 \(version) 版尚未签收。"),
                advice: Words("Acknowledge it first.", zh: "请先签收该版本。")
            )
        }
    }

    /// A total only grows, except when it puts the one before it right (R0.4).
    static func requireTotal(
        _ count: Int,
        of households: Int?,
        after last: Total?,
        correcting event: EventID?
    ) throws(Rejection) {
        if let households, count > households { throw .countAboveScope(count, of: households) }
        if let event {
            guard let last, last.event == event else { throw .nothingToCorrect }
        } else if let last, count < last.count {
            throw .countWentDown
        }
    }
}
