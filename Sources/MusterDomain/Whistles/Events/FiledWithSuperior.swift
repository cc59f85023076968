package import Records

/// One side told its own superior (R3.5).
package struct FiledWithSuperior: Hashable, Sendable {
    package let matter: MatterID
    package let side: FilingSide
    package let party: PartyID
    package let superior: String
    package let text: String

    package init(
        matter: MatterID,
        side: FilingSide,
        party: PartyID,
        superior: String,
        text: String
    ) {
        self.matter = matter
        self.side = side
        self.party = party
        self.superior = superior
        self.text = text
    }

    package static let record = Record<FiledWithSuperior>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("side", \.side, .choice, Words("Side", zh: "报备方")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("superior", \.superior, .line(), Words("Superior", zh: "上级")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        make: FiledWithSuperior.init
    )
}
