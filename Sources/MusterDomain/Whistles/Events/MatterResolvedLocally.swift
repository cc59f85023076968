package import Records

/// The community solved it without a department.
package struct MatterResolvedLocally: Hashable, Sendable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let record = Record<MatterResolvedLocally>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        make: MatterResolvedLocally.init
    )
}
