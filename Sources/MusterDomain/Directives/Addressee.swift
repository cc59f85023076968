package import Records

/// Who a directive is for: the office of a territory, or one party in it.
package struct Addressee: Hashable, Sendable {
    package let territory: TerritoryID
    /// Nil for the territory's own office: district command, street office, community, grid worker.
    package let party: PartyID?

    package init(_ territory: TerritoryID, _ party: PartyID? = nil) {
        self.territory = territory
        self.party = party
    }

    /// As `dq-02` or `dq/jindi`; no identifier holds a slash, so no two are written alike.
    package var text: String { party.map { "\(territory)/\($0)" } ?? territory.rawValue }

    package static let record = Record<Addressee>(
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field(
            "party",
            \.party,
            Codec<PartyID>.identifier().optional,
            Words("Party", zh: "单位"),
            help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
        ),
        make: { Addressee($0, $1) }
    )
}

extension Addressee: Comparable {
    package static func < (lhs: Addressee, rhs: Addressee) -> Bool {
        (lhs.territory.rawValue, lhs.party?.rawValue ?? "") < (rhs.territory.rawValue, rhs.party?.rawValue ?? "")
    }
}

extension Codec where Value == [Addressee] {
    static func addressees(_ count: ClosedRange<Int>) -> Codec {
        .list(of: Addressee.record.codec, count: count, isSet: true)
    }
}
