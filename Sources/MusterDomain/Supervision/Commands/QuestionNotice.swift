package import EventSourcing
import Records

/// Says that a notice is wrong. A resident tells it by a report, as everything else.
package struct QuestionNotice: Command, Hashable {
    package let notice: NoticeID
    package let text: String

    package init(notice: NoticeID, text: String) {
        self.notice = notice
        self.text = text
    }

    package static let description = CommandDescription<QuestionNotice>(
        "QuestionNotice",
        of: .feedback,
        Words("Question a notice", zh: "指出公告有误"),
        by: [
            .hotlineClerk, .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer,
            .propertyManager, .ngoCoordinator, .ownersDelegate, .inspector,
        ],
        Record<QuestionNotice>(
            Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
            Field("text", \.text, .prose(), Words("What is wrong", zh: "有误之处")),
            make: QuestionNotice.init
        )
    )

    package var stream: StreamName { Notice.stream(notice) }

    package func decide(_ subject: Notice, in context: Context) throws(Rejection) -> [Notice.Event] {
        let (publisher, territory) = try subject.requirePublished()
        guard publisher != context.actor.party else {
            throw Rejection(
                rule: "S14",
                reason: "own-notice",
                Words("\(publisher) published it itself.", zh: "该公告由 \(publisher) 自己发布。"),
                advice: Words("Correct it, or withdraw it.", zh: "请直接更正或撤回。")
            )
        }
        guard context.territories.overlap(context.actor.territory, territory) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S1",
                reason: "outside-territory",
                Words(
                    "The notice is for \(territory), which does not concern \(context.actor.territory).",
                    zh: "公告面向 \(territory)，与 \(context.actor.territory) 无关。"
                )
            )
        }
        try PersonalData.requireNone(in: text)
        guard subject.questions < Notice.maximumQuestions else {
            throw Rejection(
                rule: "S14",
                reason: "too-many-questions",
                Words(
                    "\(Notice.maximumQuestions) questions wait for \(publisher) already.",
                    zh: "已有 \(Notice.maximumQuestions) 条意见待 \(publisher) 答复。"
                )
            )
        }
        let limit = context.limits.correction
        return [
            .questioned(
                NoticeQuestioned(
                    notice: notice,
                    text: text,
                    answerBy: subject.clock?.due ?? context.now + limit,
                    limit: subject.clock?.limit ?? limit
                )
            )
        ]
    }
}
