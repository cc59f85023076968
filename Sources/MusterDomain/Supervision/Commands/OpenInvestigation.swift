package import EventSourcing
import Records

/// Looks into what was reported.
package struct OpenInvestigation: Command, Hashable {
    package let inquiry: InquiryID

    package init(inquiry: InquiryID) {
        self.inquiry = inquiry
    }

    package static let description = CommandDescription<OpenInvestigation>(
        "OpenInvestigation",
        of: .feedback,
        Words("Open the investigation", zh: "立案调查"),
        by: [.inspector, .districtCommand],
        Record<OpenInvestigation>(
            Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
            make: OpenInvestigation.init
        )
    )

    package var stream: StreamName { Inquiry.stream(inquiry) }

    package func decide(_ subject: Inquiry, in context: Context) throws(Rejection) -> [Inquiry.Event] {
        _ = try subject.requireShield(in: context)
        switch subject.stage {
        case .unreported, .reported: return [.investigationOpened(InvestigationOpened(inquiry: inquiry))]
        case .open(let party):
            throw Rejection(
                rule: "S14",
                reason: "opened-already",
                Words("\(party) looks into it already.", zh: "\(party) 已立案调查。")
            )
        case .decided: throw .inquiryDecided
        }
    }
}
