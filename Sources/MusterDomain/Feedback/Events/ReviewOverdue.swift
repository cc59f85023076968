package import EventSourcing
package import Records

/// Nobody decided an appeal in time; it stands.
package struct ReviewOverdue: Hashable, Sendable {
    package let matter: MatterID
    package let decideBy: Timestamp

    package init(matter: MatterID, decideBy: Timestamp) {
        self.matter = matter
        self.decideBy = decideBy
    }

    package static let record = Record<ReviewOverdue>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("decideBy", \.decideBy, .timestamp, Words("Decide by", zh: "复核期限")),
        make: ReviewOverdue.init
    )
}
