package import EventSourcing
import Records

/// Offers hands for a matter.
package struct OfferHelp: Command, Hashable {
    package let matter: MatterID
    package let hands: Int
    package let text: String

    package init(
        matter: MatterID,
        hands: Int,
        text: String
    ) {
        self.matter = matter
        self.hands = hands
        self.text = text
    }

    package static let description = CommandDescription<OfferHelp>(
        "OfferHelp",
        of: .volunteers,
        Words("Offer help", zh: "提供帮助"),
        by: [.ngoCoordinator],
        Record<OfferHelp>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("hands", \.hands, .integer(1...1_000), Words("Hands", zh: "人数")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: OfferHelp.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        guard subject.stage != .closed else { throw subject.refusal(of: Self.description.words) }
        return [.helpOffered(HelpOffered(matter: matter, party: context.actor.party, hands: hands, text: text))]
    }
}
