package import EventSourcing
import Records

/// Answers whether it was solved.
package struct GiveFeedback: Command, Hashable {
    package let matter: MatterID
    package let solved: Bool
    package let score: Int?
    package let text: String?

    package init(
        matter: MatterID,
        solved: Bool,
        score: Int? = nil,
        text: String? = nil
    ) {
        self.matter = matter
        self.solved = solved
        self.score = score
        self.text = text
    }

    package static let description = CommandDescription<GiveFeedback>(
        "GiveFeedback",
        of: .feedback,
        Words("Give feedback", zh: "反馈"),
        by: [.resident],
        Record<GiveFeedback>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("solved", \.solved, .boolean, Words("Solved", zh: "是否解决")),
            Field("score", \.score, Codec<Int>.integer(1...5).optional, Words("Score", zh: "评分")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            make: GiveFeedback.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let matter = try subject.requireSubject()
        try subject.requireNotMerged()
        guard subject.hasReporter(context.actor.person) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S14",
                reason: "not-reporter",
                Words("Only who reported the matter is asked.", zh: "只有反映人可以反馈。")
            )
        }
        switch subject.stage {
        case .awaitingFeedback(let question):
            guard !question.answered.contains(context.actor.person) else {
                throw Rejection(
                    rule: "S14",
                    reason: "answered-already",
                    Words("You have answered; others are still asked.", zh: "您已反馈；仍在征求其他反映人意见。")
                )
            }
            let given = FeedbackGiven(matter: matter.matter, solved: solved, score: score, text: text)
            if solved { return [.feedbackGiven(given)] }
            return [.feedbackGiven(given), .reopened(subject.reopening(matter, because: text, in: context))]
        case .answered, .closed:
            throw Rejection(
                rule: "S14",
                reason: "answered-already",
                Words("The feedback is in, or its time is over.", zh: "已有反馈，或反馈期已过。"),
                advice: Words("The community can reopen the matter.", zh: "可请社区重开该事项。")
            )
        case .unraised, .raised, .investigating, .resolvedLocally, .awaitingConsent, .consented, .whistled, .inAction,
            .filedBoth, .reopened:
            throw Rejection(
                rule: "S14",
                reason: "not-asked",
                Words("Feedback has not been asked for yet.", zh: "尚未征求反馈。")
            )
        }
    }
}
