package import EventSourcing
import Records

/// Agrees to a whistle, or ratifies an emergency whistle.
package struct GiveConsent: Command, Hashable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<GiveConsent>(
        "GiveConsent",
        of: .whistles,
        Words("Give consent", zh: "同意"),
        by: [.communityHead],
        under: "R3.2",
        Record<GiveConsent>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: GiveConsent.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let isRatification = try subject.requireConsentQuestion(context)
        return [.consentGiven(ConsentGiven(matter: matter, text: text, isRatification: isRatification))]
    }
}
