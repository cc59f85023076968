package import Records

/// One line of a responsibility list: who must see to a duty in a territory, and who helps.
package struct ResponsibilityEntry: Hashable, Sendable {
    package let duty: DutyID
    package let nameEN: String
    package let nameZH: String
    /// Holds for all that lies in it.
    package let territory: TerritoryID
    package let responsible: PartyID
    package let supporting: [PartyID]

    package init(
        duty: DutyID,
        nameEN: String,
        nameZH: String,
        territory: TerritoryID,
        responsible: PartyID,
        supporting: [PartyID] = []
    ) {
        self.duty = duty
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.territory = territory
        self.responsible = responsible
        self.supporting = supporting
    }

    package var words: Words { Words(nameEN, zh: nameZH) }

    /// Whether the party is responsible or supporting.
    package func names(_ party: PartyID) -> Bool { responsible == party || supporting.contains(party) }

    package static let record = Record<ResponsibilityEntry>(
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("nameEN", \.nameEN, .line(), Words("Name in English", zh: "英文名称")),
        Field("nameZH", \.nameZH, .line(), Words("Name in Chinese", zh: "中文名称")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("responsible", \.responsible, .identifier(), Words("Responsible", zh: "责任单位")),
        Field(
            "supporting",
            \.supporting,
            Codec<[PartyID]>.list(of: .identifier(), count: 0...50, isSet: true).orMissing([]),
            Words("Supporting", zh: "配合单位")
        ),
        make: ResponsibilityEntry.init
    )
}
