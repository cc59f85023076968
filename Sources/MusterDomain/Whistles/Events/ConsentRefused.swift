package import Records

/// The community head does not agree; an emergency whistle that was blown already stays (R3.2).
package struct ConsentRefused: Hashable, Sendable {
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

    package static let record = Record<ConsentRefused>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("isRatification", \.isRatification, .boolean, Words("Ratification", zh: "事后追认")),
        make: ConsentRefused.init
    )
}
