package import EventSourcing
import Records

/// Takes a notice back; it stays readable as withdrawn.
package struct WithdrawNotice: Command, Hashable {
    package let notice: NoticeID
    package let reason: String

    package init(notice: NoticeID, reason: String) {
        self.notice = notice
        self.reason = reason
    }

    package static let description = CommandDescription<WithdrawNotice>(
        "WithdrawNotice",
        of: .feedback,
        Words("Withdraw a notice", zh: "撤回公告"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        isOrder: true,
        Record<WithdrawNotice>(
            Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: WithdrawNotice.init
        )
    )

    package var stream: StreamName { Notice.stream(notice) }

    package func decide(_ subject: Notice, in context: Context) throws(Rejection) -> [Notice.Event] {
        try subject.requireStanding(in: context)
        try PersonalData.requireNone(in: reason)
        return [.withdrawn(NoticeWithdrawn(notice: notice, reason: reason))]
    }
}
