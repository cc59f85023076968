package import Records

/// Community and departments agreed who does what.
package struct JointPlanAgreed: Hashable, Sendable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let record = Record<JointPlanAgreed>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        make: JointPlanAgreed.init
    )
}
