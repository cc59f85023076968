package import EventSourcing
import Records

/// Asks the reporter whether it was solved.
package struct AskFeedback: Command, Hashable {
    package let matter: MatterID

    package init(
        matter: MatterID
    ) {
        self.matter = matter
    }

    package static let description = CommandDescription<AskFeedback>(
        "AskFeedback",
        of: .feedback,
        Words("Ask for feedback", zh: "征求反馈"),
        by: [.communityHead, .streetCoordinator, .system],
        Record<AskFeedback>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            make: AskFeedback.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let matter = try subject.requireSubject()
        try context.requireCovers(matter.territory)
        let isSystem = context.actor.role == .system
        switch subject.stage {
        case .filedBoth, .resolvedLocally:
            let limit = context.limits.feedback
            return [
                .feedbackAsked(
                    FeedbackAsked(
                        matter: matter.matter,
                        reporter: matter.reporter,
                        answerBy: context.now + limit,
                        limit: limit,
                        others: subject.joinedReporters.isEmpty ? nil : subject.joinedReporters.count
                    )
                )
            ]
        case .awaitingFeedback, .answered, .closed:
            // Muster asks by itself once both sides have filed; whoever was first has asked.
            if isSystem { return [] }
            throw Rejection(
                rule: "S14",
                reason: "asked-already",
                Words("The reporter was asked already.", zh: "已征求反映人意见。")
            )
        case .whistled, .inAction, .reopened: throw .filingsMissing
        case .unraised, .raised, .investigating, .awaitingConsent, .consented:
            throw subject.refusal(of: Self.description.words)
        }
    }
}
