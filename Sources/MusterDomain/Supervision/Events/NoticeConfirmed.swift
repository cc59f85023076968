package import Records

/// The publisher stands by a notice that was questioned.
package struct NoticeConfirmed: Hashable, Sendable {
    package let notice: NoticeID
    package let reason: String

    package init(notice: NoticeID, reason: String) {
        self.notice = notice
        self.reason = reason
    }

    package static let record = Record<NoticeConfirmed>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        make: NoticeConfirmed.init
    )
}
