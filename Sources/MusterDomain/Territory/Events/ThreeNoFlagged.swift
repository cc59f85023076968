package import Records

/// What a compound lacks of what makes it safe (三无).
package struct ThreeNoFlagged: Hashable, Sendable {
    package let territory: TerritoryID
    /// Empty when it lacks nothing any more.
    package let missing: [ThreeNo]

    package init(
        territory: TerritoryID,
        missing: [ThreeNo]
    ) {
        self.territory = territory
        self.missing = missing
    }

    package static let record = Record<ThreeNoFlagged>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("missing", \.missing, .list(of: .choice, count: 0...3, isSet: true), Words("Lacks", zh: "缺少")),
        make: ThreeNoFlagged.init
    )
}
