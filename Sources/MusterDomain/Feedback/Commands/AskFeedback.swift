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

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
