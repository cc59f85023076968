package import Records

/// Somebody who had no part in the matter has taken the appeal up.
package struct ReviewStarted: Hashable, Sendable {
    package let matter: MatterID

    package init(matter: MatterID) {
        self.matter = matter
    }

    package static let record = Record<ReviewStarted>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        make: ReviewStarted.init
    )
}
