package import Records

/// A notice does not hold any more.
package struct NoticeWithdrawn: Hashable, Sendable {
    package let notice: NoticeID
    package let reason: String

    package init(notice: NoticeID, reason: String) {
        self.notice = notice
        self.reason = reason
    }

    package static let record = Record<NoticeWithdrawn>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        make: NoticeWithdrawn.init
    )
}
