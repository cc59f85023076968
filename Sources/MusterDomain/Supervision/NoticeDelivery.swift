package import EventSourcing
package import Records

/// What a publisher's system reads about a notice that was questioned.
package struct NoticeDelivery: Hashable, Sendable {
    package let notice: NoticeID
    package let kind: TaskDeliveryKind
    package let title: String
    package let territory: TerritoryID
    /// What is said to be wrong.
    package let text: String
    /// Until when to correct it, withdraw it or stand by it.
    package let due: Timestamp

    package init(
        notice: NoticeID,
        kind: TaskDeliveryKind,
        title: String,
        territory: TerritoryID,
        text: String,
        due: Timestamp
    ) {
        self.notice = notice
        self.kind = kind
        self.title = title
        self.territory = territory
        self.text = text
        self.due = due
    }

    package static let record = Record<NoticeDelivery>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("kind", \.kind, .choice(among: [.noticeQuestioned]), Words("Kind", zh: "类别")),
        Field("title", \.title, .line(), Words("Title", zh: "标题")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("text", \.text, .prose(), Words("What is wrong", zh: "有误之处")),
        Field("due", \.due, .timestamp, Words("Due", zh: "期限")),
        make: NoticeDelivery.init
    )
}
