package import Records

/// The times of every day hold again.
package struct SurgeEnded: Hashable, Sendable {
    package let territory: TerritoryID
    package let number: Int
    package let text: String?

    package init(
        territory: TerritoryID,
        number: Int,
        text: String? = nil
    ) {
        self.territory = territory
        self.number = number
        self.text = text
    }

    package static let record = Record<SurgeEnded>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("number", \.number, .integer(1...1_000_000), Words("Number", zh: "序号")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Why", zh: "原因")),
        make: SurgeEnded.init
    )
}
