package import Records

/// The community head agrees to a whistle, or ratifies an emergency whistle (R3.2).
package struct ConsentGiven: Hashable, Sendable {
    package let matter: MatterID
    package let text: String
    package let isRatification: Bool

    package init(
        matter: MatterID,
        text: String,
        isRatification: Bool
    ) {
        self.matter = matter
        self.text = text
        self.isRatification = isRatification
    }

    package static let record = Record<ConsentGiven>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("isRatification", \.isRatification, .boolean, Words("Ratification", zh: "事后追认")),
        make: ConsentGiven.init
    )
}
