package import Records

/// Somebody who has no part in it looks into it.
package struct InvestigationOpened: Hashable, Sendable {
    package let inquiry: InquiryID

    package init(inquiry: InquiryID) {
        self.inquiry = inquiry
    }

    package static let record = Record<InvestigationOpened>(
        refusesUnknownMembers: false,
        Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
        make: InvestigationOpened.init
    )
}
