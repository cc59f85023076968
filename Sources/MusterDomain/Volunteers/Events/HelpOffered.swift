package import Records

/// A social organisation offers hands.
package struct HelpOffered: Hashable, Sendable {
    package let matter: MatterID
    package let party: PartyID
    package let hands: Int
    package let text: String

    package init(
        matter: MatterID,
        party: PartyID,
        hands: Int,
        text: String
    ) {
        self.matter = matter
        self.party = party
        self.hands = hands
        self.text = text
    }

    package static let record = Record<HelpOffered>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("hands", \.hands, .integer(1...1_000), Words("Hands", zh: "人数")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        make: HelpOffered.init
    )
}
