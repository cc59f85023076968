package import Records

/// Nothing is left to do.
package struct MatterClosed: Hashable, Sendable {
    package let matter: MatterID
    package let text: String?

    package init(
        matter: MatterID,
        text: String? = nil
    ) {
        self.matter = matter
        self.text = text
    }

    package static let record = Record<MatterClosed>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
        make: MatterClosed.init
    )
}
