package import EventSourcing
import Records

/// Records that a request for figures was not answered in its time.
package struct RecordOverdueForm: Command, Hashable {
    package let request: DataRequestID
    /// The limit, which names the clock.
    package let dueBy: Timestamp

    package init(request: DataRequestID, dueBy: Timestamp) {
        self.request = request
        self.dueBy = dueBy
    }

    package static let description = CommandDescription<RecordOverdueForm>(
        "RecordOverdueForm",
        of: .intake,
        Words("Record overdue figures", zh: "记录数据逾期"),
        by: [.system],
        under: "S5",
        Record<RecordOverdueForm>(
            Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
            Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
            make: RecordOverdueForm.init
        )
    )

    package var stream: StreamName { DataRequest.stream(request) }

    package func decide(_ subject: DataRequest, in context: Context) throws(Rejection) -> [DataRequest.Event] {
        guard case .open(_, dueBy) = subject.stage, let ask = subject.ask, !subject.isOverdue else { return [] }
        guard context.now >= dueBy else { throw .tooEarly(dueBy) }
        let overdue = DataRequestOverdue(
            request: request,
            territory: ask.territory,
            asker: ask.asker,
            dueBy: dueBy,
            limit: ask.limit
        )
        return [.overdue(overdue)]
    }
}
