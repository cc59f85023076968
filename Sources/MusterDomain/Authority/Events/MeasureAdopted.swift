package import EventSourcing
package import Records

/// A party carries a measure out in a territory, as it was issued and for as long as it holds.
package struct MeasureAdopted: Hashable, Sendable {
    package let measure: MeasureID
    package let party: PartyID
    package let territory: TerritoryID
    package let from: Timestamp
    package let to: Timestamp

    package init(
        measure: MeasureID,
        party: PartyID,
        territory: TerritoryID,
        from: Timestamp,
        to: Timestamp
    ) {
        self.measure = measure
        self.party = party
        self.territory = territory
        self.from = from
        self.to = to
    }

    package static let record = Record<MeasureAdopted>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("Until", zh: "结束")),
        make: MeasureAdopted.init
    )
}
