package import EventSourcing
import Records

/// Does not agree to a whistle.
package struct RefuseConsent: Command, Hashable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<RefuseConsent>(
        "RefuseConsent",
        of: .whistles,
        Words("Refuse consent", zh: "不同意"),
        by: [.communityHead],
        under: "R3.2",
        Record<RefuseConsent>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: RefuseConsent.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let isRatification = try subject.requireConsentQuestion(context)
        return [.consentRefused(ConsentRefused(matter: matter, text: text, isRatification: isRatification))]
    }
}
