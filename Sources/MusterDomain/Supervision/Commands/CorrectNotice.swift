package import EventSourcing
import Records

/// Puts a notice right; the correction points at what it puts right (R14.6).
package struct CorrectNotice: Command, Hashable {
    package let notice: NoticeID
    package let title: String
    package let text: String
    package let reason: String

    package init(notice: NoticeID, title: String, text: String, reason: String) {
        self.notice = notice
        self.title = title
        self.text = text
        self.reason = reason
    }

    package static let description = CommandDescription<CorrectNotice>(
        "CorrectNotice",
        of: .feedback,
        Words("Correct a notice", zh: "更正公告"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        isOrder: true,
        Record<CorrectNotice>(
            Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
            Field("title", \.title, .line(), Words("Title", zh: "标题")),
            Field("text", \.text, .prose(), Words("Text", zh: "正文")),
            Field("reason", \.reason, .prose(), Words("Why", zh: "更正原因")),
            make: CorrectNotice.init
        )
    )

    package var stream: StreamName { Notice.stream(notice) }

    package func decide(_ subject: Notice, in context: Context) throws(Rejection) -> [Notice.Event] {
        try subject.requireStanding(in: context)
        try PersonalData.requireNone(in: title, text, reason)
        guard let latest = subject.latest else { return [] }
        let corrected = NoticeCorrected(
            notice: notice,
            title: title,
            text: text,
            reason: reason,
            revision: subject.revision + 1,
            corrects: latest
        )
        return [.corrected(corrected)]
    }
}
