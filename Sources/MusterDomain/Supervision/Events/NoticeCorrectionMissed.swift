package import EventSourcing
package import Records

/// The time passed in which a questioned notice was to be put right.
package struct NoticeCorrectionMissed: Hashable, Sendable {
    package let notice: NoticeID
    package let dueBy: Timestamp

    package init(notice: NoticeID, dueBy: Timestamp) {
        self.notice = notice
        self.dueBy = dueBy
    }

    package static let record = Record<NoticeCorrectionMissed>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        make: NoticeCorrectionMissed.init
    )
}
