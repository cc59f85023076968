package import EventSourcing
import Records

/// Stands by a notice that was questioned.
package struct ConfirmNotice: Command, Hashable {
    package let notice: NoticeID
    package let reason: String

    package init(notice: NoticeID, reason: String) {
        self.notice = notice
        self.reason = reason
    }

    package static let description = CommandDescription<ConfirmNotice>(
        "ConfirmNotice",
        of: .feedback,
        Words("Stand by a notice", zh: "确认公告无误"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        isOrder: true,
        Record<ConfirmNotice>(
            Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: ConfirmNotice.init
        )
    )

    package var stream: StreamName { Notice.stream(notice) }

    package func decide(_ subject: Notice, in context: Context) throws(Rejection) -> [Notice.Event] {
        try subject.requireStanding(in: context)
        guard subject.clock != nil else {
            throw Rejection(
                rule: "S14",
                reason: "not-questioned",
                Words("Nobody questions the notice.", zh: "没有人指出该公告有误。")
            )
        }
        try PersonalData.requireNone(in: reason)
        return [.confirmed(NoticeConfirmed(notice: notice, reason: reason))]
    }
}
