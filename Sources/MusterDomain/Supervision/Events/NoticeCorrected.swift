package import EventSourcing
package import Records

/// A notice said something wrong; this is what it says from now on (R14.6).
package struct NoticeCorrected: Hashable, Sendable {
    package let notice: NoticeID
    package let title: String
    package let text: String
    /// Why it was put right.
    package let reason: String
    package let revision: Int
    /// The event that said what is put right.
    package let corrects: EventID

    package init(notice: NoticeID, title: String, text: String, reason: String, revision: Int, corrects: EventID) {
        self.notice = notice
        self.title = title
        self.text = text
        self.reason = reason
        self.revision = revision
        self.corrects = corrects
    }

    package static let record = Record<NoticeCorrected>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("title", \.title, .line(), Words("Title", zh: "标题")),
        Field("text", \.text, .prose(), Words("Text", zh: "正文")),
        Field("reason", \.reason, .prose(), Words("Why", zh: "更正原因")),
        Field("revision", \.revision, .integer(2...10_000), Words("Revision", zh: "版次")),
        Field("corrects", \.corrects, .eventID, Words("Corrects", zh: "更正的事件")),
        make: NoticeCorrected.init
    )
}
