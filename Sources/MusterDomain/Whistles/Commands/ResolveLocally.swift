package import EventSourcing
import Records

/// Says that the community solved it without a department.
package struct ResolveLocally: Command, Hashable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<ResolveLocally>(
        "ResolveLocally",
        of: .whistles,
        Words("Resolve locally", zh: "就地解决"),
        by: [.gridWorker, .communityHead, .system],
        Record<ResolveLocally>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, .prose(), Words("What was done", zh: "处置情况")),
            make: ResolveLocally.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        try subject.requireInvestigator(context)
        // What was answered at once was never investigated.
        let isAnswered = context.actor.role == .system && subject.stage == .raised
        guard subject.stage == .investigating || isAnswered else { throw subject.refusal(of: Self.description.words) }
        return [.resolvedLocally(MatterResolvedLocally(matter: matter, text: text))]
    }
}
