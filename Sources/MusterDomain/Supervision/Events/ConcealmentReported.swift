package import Records

/// Somebody says that a party hid something or made it up.
package struct ConcealmentReported: Hashable, Sendable {
    package let inquiry: InquiryID
    package let accused: PartyID
    package let territory: TerritoryID
    package let kind: ConcealmentKind
    package let text: String
    /// Who spoke is recorded nowhere.
    package let isAnonymous: Bool

    package init(
        inquiry: InquiryID,
        accused: PartyID,
        territory: TerritoryID,
        kind: ConcealmentKind,
        text: String,
        isAnonymous: Bool
    ) {
        self.inquiry = inquiry
        self.accused = accused
        self.territory = territory
        self.kind = kind
        self.text = text
        self.isAnonymous = isAnonymous
    }

    package static let record = Record<ConcealmentReported>(
        refusesUnknownMembers: false,
        Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
        Field("accused", \.accused, .identifier(), Words("About", zh: "被举报单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field("isAnonymous", \.isAnonymous, .boolean, Words("Anonymous", zh: "匿名")),
        make: ConcealmentReported.init
    )
}
