package import EventSourcing
package import Records

/// Somebody in office says that a notice is wrong; its publisher puts it right, takes it back or stands by it in time.
package struct NoticeQuestioned: Hashable, Sendable {
    package let notice: NoticeID
    /// What is wrong.
    package let text: String
    /// That of the first question since the publisher last spoke.
    package let answerBy: Timestamp
    package let limit: Duration

    package init(notice: NoticeID, text: String, answerBy: Timestamp, limit: Duration) {
        self.notice = notice
        self.text = text
        self.answerBy = answerBy
        self.limit = limit
    }

    package static let record = Record<NoticeQuestioned>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("text", \.text, .prose(), Words("What is wrong", zh: "有误之处")),
        Field("answerBy", \.answerBy, .timestamp, Words("Answer by", zh: "答复期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: NoticeQuestioned.init
    )
}
