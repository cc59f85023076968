package import EventSourcing
import Records

/// Says that a party hid something or made it up. Who says so stays between them and those who look into it (R14.4).
package struct ReportConcealment: Command, Hashable {
    package let inquiry: InquiryID
    package let accused: PartyID
    package let territory: TerritoryID
    package let kind: ConcealmentKind
    package let text: String

    package init(
        inquiry: InquiryID,
        accused: PartyID,
        territory: TerritoryID,
        kind: ConcealmentKind,
        text: String
    ) {
        self.inquiry = inquiry
        self.accused = accused
        self.territory = territory
        self.kind = kind
        self.text = text
    }

    package static let description = CommandDescription<ReportConcealment>(
        "ReportConcealment",
        of: .feedback,
        Words("Report a concealment", zh: "举报瞒报漏报"),
        by: [
            .resident, .hotlineClerk, .gridWorker, .communityHead, .streetCoordinator, .departmentOfficer,
            .propertyManager, .ngoCoordinator, .ownersDelegate, .inspector,
        ],
        Record<ReportConcealment>(
            Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
            Field("accused", \.accused, .identifier(), Words("About", zh: "被举报单位")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("text", \.text, .prose(), Words("What happened", zh: "发生了什么")),
            make: ReportConcealment.init
        )
    )

    package var stream: StreamName { Inquiry.stream(inquiry) }

    package func decide(_ subject: Inquiry, in context: Context) throws(Rejection) -> [Inquiry.Event] {
        [.concealmentReported(try subject.reported(self, isAnonymous: false, in: context))]
    }
}

extension Inquiry {
    func reported(
        _ command: ReportConcealment,
        isAnonymous: Bool,
        in context: Context
    ) throws(Rejection) -> ConcealmentReported {
        guard stage == .unreported else {
            throw Rejection(
                rule: "S14",
                reason: "inquiry-exists",
                Words("\(command.inquiry) was reported already.", zh: "线索 \(command.inquiry) 已提交。")
            )
        }
        try context.requireTerritory(command.territory)
        try context.requireParty(command.accused)
        return ConcealmentReported(
            inquiry: command.inquiry,
            accused: command.accused,
            territory: command.territory,
            kind: command.kind,
            text: command.text,
            isAnonymous: isAnonymous
        )
    }
}
