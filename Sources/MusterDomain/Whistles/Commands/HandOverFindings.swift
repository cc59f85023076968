package import EventSourcing
import Records

/// Tells the departments what the community knows.
package struct HandOverFindings: Command, Hashable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<HandOverFindings>(
        "HandOverFindings",
        of: .whistles,
        Words("Hand over findings", zh: "移交情况"),
        by: [.gridWorker, .communityHead],
        Record<HandOverFindings>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: HandOverFindings.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        try subject.requireInvestigator(context)
        try subject.requireSomeoneComing(in: try subject.requireOpenRound())
        return [.findingsHandedOver(FindingsHandedOver(matter: matter, text: text))]
    }
}
