package import EventSourcing
import Records

/// Ends an inquiry: whether the party is liable, and on what grounds.
package struct DecideLiability: Command, Hashable {
    package let inquiry: InquiryID
    package let isLiable: Bool
    package let text: String

    package init(inquiry: InquiryID, isLiable: Bool, text: String) {
        self.inquiry = inquiry
        self.isLiable = isLiable
        self.text = text
    }

    package static let description = CommandDescription<DecideLiability>(
        "DecideLiability",
        of: .feedback,
        Words("Decide liability", zh: "认定责任"),
        by: [.inspector, .districtCommand],
        Record<DecideLiability>(
            Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
            Field("isLiable", \.isLiable, .boolean, Words("Liable", zh: "应担责")),
            Field("text", \.text, .prose(), Words("Grounds", zh: "理由")),
            make: DecideLiability.init
        )
    )

    package var stream: StreamName { Inquiry.stream(inquiry) }

    package func decide(_ subject: Inquiry, in context: Context) throws(Rejection) -> [Inquiry.Event] {
        try subject.requireInvestigator(in: context)
        let accused = try subject.requireShield(in: context)
        let decided = LiabilityDecided(inquiry: inquiry, accused: accused, isLiable: isLiable, text: text)
        return [.liabilityDecided(decided)]
    }
}
