package import Records

/// An inquiry came to its end.
package struct LiabilityDecided: Hashable, Sendable {
    package let inquiry: InquiryID
    package let accused: PartyID
    package let isLiable: Bool
    package let text: String

    package init(inquiry: InquiryID, accused: PartyID, isLiable: Bool, text: String) {
        self.inquiry = inquiry
        self.accused = accused
        self.isLiable = isLiable
        self.text = text
    }

    package static let record = Record<LiabilityDecided>(
        refusesUnknownMembers: false,
        Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
        Field("accused", \.accused, .identifier(), Words("About", zh: "被举报单位")),
        Field("isLiable", \.isLiable, .boolean, Words("Liable", zh: "应担责")),
        Field("text", \.text, .prose(), Words("Grounds", zh: "理由")),
        make: LiabilityDecided.init
    )
}
