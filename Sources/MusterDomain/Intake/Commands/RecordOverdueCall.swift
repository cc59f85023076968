package import EventSourcing
import Records

/// Records that nobody reached a caller who had hung up, or gave up trying, in the time for it (R5.5).
package struct RecordOverdueCall: Command, Hashable {
    package let call: CallID
    /// The limit, which names the clock.
    package let dueBy: Timestamp

    package init(call: CallID, dueBy: Timestamp) {
        self.call = call
        self.dueBy = dueBy
    }

    package static let description = CommandDescription<RecordOverdueCall>(
        "RecordOverdueCall",
        of: .intake,
        Words("Record an overdue call back", zh: "记录回拨逾期"),
        by: [.system],
        under: "R5.5",
        Record<RecordOverdueCall>(
            Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
            Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
            make: RecordOverdueCall.init
        )
    )

    package var stream: StreamName { AbandonedCall.stream(call) }

    package func decide(_ subject: AbandonedCall, in context: Context) throws(Rejection) -> [AbandonedCall.Event] {
        guard let territory = subject.territory, subject.callBackBy == dueBy, !subject.isOver, !subject.isOverdue
        else { return [] }
        guard context.now >= dueBy else { throw .tooEarly(dueBy) }
        let overdue = CallOverdue(
            call: call,
            territory: territory,
            dueBy: dueBy,
            limit: subject.limit,
            attempts: subject.attempts
        )
        return [.callOverdue(overdue)]
    }
}
