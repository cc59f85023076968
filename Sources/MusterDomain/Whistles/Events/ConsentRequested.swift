package import Records

/// The community head is asked to agree to a whistle.
package struct ConsentRequested: Hashable, Sendable {
    package let matter: MatterID
    package let reason: String

    package init(
        matter: MatterID,
        reason: String
    ) {
        self.matter = matter
        self.reason = reason
    }

    package static let record = Record<ConsentRequested>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        make: ConsentRequested.init
    )
}
