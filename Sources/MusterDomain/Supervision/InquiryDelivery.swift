package import Records

/// What the system of those who look into things reads about an inquiry. Tasks are seen by more people than inquiries, so
/// that this says neither whom it is about, nor where, nor who spoke, nor what they said (R14.4).
package struct InquiryDelivery: Hashable, Sendable {
    package let inquiry: InquiryID
    package let kind: TaskDeliveryKind
    /// What sort of concealment is meant.
    package let text: String

    package init(inquiry: InquiryID, kind: TaskDeliveryKind, text: String) {
        self.inquiry = inquiry
        self.kind = kind
        self.text = text
    }

    package static let record = Record<InquiryDelivery>(
        refusesUnknownMembers: false,
        Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
        Field("kind", \.kind, .choice(among: [.inquiry]), Words("Kind", zh: "类别")),
        Field("text", \.text, .line(), Words("Text", zh: "说明")),
        make: InquiryDelivery.init
    )
}
