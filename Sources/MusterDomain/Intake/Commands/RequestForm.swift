package import EventSourcing
import Records

/// Wants figures of a territory and day. Whatever is known is answered without anybody typing it again (R5.1).
package struct RequestForm: Command, Hashable {
    package let request: DataRequestID
    package let territory: TerritoryID
    package let day: CaseDay
    package let items: [DataItemID]
    package let text: String?
    package let replyBy: Timestamp?

    package init(
        request: DataRequestID,
        territory: TerritoryID,
        day: CaseDay,
        items: [DataItemID],
        text: String? = nil,
        replyBy: Timestamp? = nil
    ) {
        self.request = request
        self.territory = territory
        self.day = day
        self.items = items
        self.text = text
        self.replyBy = replyBy
    }

    package static let description = CommandDescription<RequestForm>(
        "RequestForm",
        of: .intake,
        Words("Ask for figures", zh: "索取数据"),
        by: [.streetCoordinator, .districtCommand, .departmentOfficer, .inspector],
        isOrder: true,
        Record<RequestForm>(
            Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
            Field("items", \.items, .list(of: .identifier(), count: 1...50, isSet: true), Words("Items", zh: "数据项")),
            Field("text", \.text, Codec<String>.prose().optional, Words("What for", zh: "用途")),
            Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "回复期限")),
            make: RequestForm.init
        )
    )

    package var stream: StreamName { DataRequest.stream(request) }

    package func decide(_ subject: DataRequest, in context: Context) throws(Rejection) -> [DataRequest.Event] {
        guard subject.stage == .unknown else {
            throw Rejection(
                rule: "R5.1",
                reason: "request-exists",
                Words("Request \(request) was made already.", zh: "数据请求 \(request) 已提出。")
            )
        }
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try context.requireBegun(day)
        let limit = replyBy?.since(context.now) ?? context.limits.intake.dataReply
        guard limit >= .seconds(1) else {
            throw Rejection(
                rule: "S5",
                reason: "reply-by-passed",
                Words("The time to reply has passed already.", zh: "回复期限已过。")
            )
        }
        return [
            .requested(
                DataRequested(
                    request: request,
                    territory: territory,
                    day: day,
                    items: items,
                    text: text,
                    replyBy: context.now + limit,
                    limit: limit
                )
            )
        ]
    }
}
